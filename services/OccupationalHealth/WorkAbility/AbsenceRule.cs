using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// A sickness certificate by REST: what <c>sickness-absence-notice</c> does, create is its reason new, update a correction
/// or, with status entered-in-error, a withdrawal. <c>performer</c> names who wrote it and the provider that it is told to;
/// the worker is a Patient of this base or an identity code.
/// </summary>
public sealed class AbsenceRule : IWriteRule<Observation>
{
    private const string Path = "Observation";

    public async Task<Refusal?> Check(Write<Observation> write, CancellationToken cancel)
    {
        var (session, access, absence) = (write.Session, write.Access, write.Proposed);
        List<FhirIssue> faults = [.. AbsenceFaults.Identity(absence, Path), .. Faults(absence, write.Current)];
        if (absence.Status is not ObservationStatus.EnteredInError)
            faults.AddRange(AbsenceFaults.Telling(absence, Path));
        var known = await Known<Patient>(write, absence.Subject);
        if (known is null && absence.Subject?.Identifier is not { System: Systems.IdentityCode, Value: not null })
            faults.Add(Issue(IssueType.Required, "subject", "A Patient of this base, or an identity code."));
        var writer = await Writer(write);
        if (writer is null)
            faults.Add(Issue(IssueType.Required, "performer",
                "Who wrote the certificate: a Practitioner or PractitionerRole of this base, or by identifier."));
        var unit = await Unit(write, known?.Id ?? "");
        if (unit is null)
            faults.Add(Issue(IssueType.Required, "performer",
                "The one occupational-health provider that it is told to: an Organization of this base."));
        foreach (var employer in absence.Focus)
            if (await Known<Organization>(write, employer) is null)
                faults.Add(Issue(IssueType.NotFound, "focus", "The employer is an Organization of this base."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        if (known is null)
            absence.Subject = await ProhibitionRule.PersonOf(session, access, absence.Subject!.Identifier!);
        var person = absence.Subject!.Reference!.Split('/')[^1];
        await session.Lock(access, "Patient", person);
        if (await IsNumberOfAnother(write, person, unit!))
            return Refusal.Conflict($"{Path}.identifier", "An absence with this number was told before; correct that one.");
        await new AbsenceCheckpoints(session, access, unit!, absence).Settle(person, writer);
        return null;
    }

    private static IEnumerable<FhirIssue> Faults(Observation absence, Observation? current)
    {
        if (absence.Contained.Count > 0 || absence.HasMember.Count > 0 || absence.DerivedFrom.Count > 0
            || absence.Note.Count > 0)
            yield return Issue(IssueType.BusinessRule, "",
                "An absence is told without its diagnosis and anything else of care.");
        if (AbsenceObservation.ToldBy(absence) != (current is null ? null : AbsenceObservation.ToldBy(current)))
            yield return Issue(IssueType.BusinessRule, "extension", "What an employer tells comes by its own message.");
        if (current is null)
            yield break;
        if (current.Status is ObservationStatus.EnteredInError)
            yield return Issue(IssueType.BusinessRule, "status", "What was withdrawn stays so.");
        if (current.Subject?.Reference != absence.Subject?.Reference)
            yield return Issue(IssueType.BusinessRule, "subject", "The person stays the same.");
        if (!Organizations(current).SequenceEqual(Organizations(absence)))
            yield return Issue(IssueType.BusinessRule, "performer", "The provider that it was told to stays the same.");
    }

    private static async Task<ResourceReference?> Writer(Write<Observation> write)
    {
        foreach (var performer in write.Proposed.Performer)
            if (IsNamed(performer) || await Known<Practitioner>(write, performer) is not null
                || await Known<PractitionerRole>(write, performer) is not null)
                return performer;
        return null;
    }

    private static bool IsNamed(ResourceReference performer) =>
        performer is { Reference: null, Type: "Practitioner" or "PractitionerRole" }
        && performer.Identifier is { System: not null, Value: not null };

    private static async Task<Organization?> Unit(Write<Observation> write, string person) =>
        Organizations(write.Proposed).ToList() is [var reference]
        && await Known<Organization>(write, new ResourceReference(reference)) is { } organization
            ? await new Units(write.Session, write.Access)
                .KnownProvider(Units.Named(new ResourceReference(), organization), person)
            : null;

    private static IEnumerable<string> Organizations(Observation absence) => absence.Performer
        .Select(performer => performer.Reference).OfType<string>()
        .Where(reference => reference.StartsWith("Organization/", StringComparison.Ordinal));

    private static async Task<bool> IsNumberOfAnother(Write<Observation> write, string person, Organization unit) =>
        (await AbsenceObservation.Of(write.Session, write.Access, person, unit.Id!)).Exists(other =>
            other.Id != write.Proposed.Id && other.Identifier.Exists(one => write.Proposed.Identifier.Exists(number =>
                number is { System: not null, Value: not null }
                && number.System == one.System && number.Value == one.Value)));

    private static async Task<T?> Known<T>(Write<Observation> write, ResourceReference? reference)
        where T : Resource, new() =>
        reference?.TryGetLocal(out var type, out var id) == true && type == new T().TypeName
            ? await write.Session.Resources.Get<T>(write.Access, id)
            : null;

    private static FhirIssue Issue(IssueType code, string place, string message) =>
        Refusal.Issue(code, place.Length == 0 ? Path : $"{Path}.{place}", message);
}
