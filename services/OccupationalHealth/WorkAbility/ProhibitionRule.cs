using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// The worker forbids the employer to send notices of absence and certificates to occupational health (laki 759/2004,
/// § 5.3), category <c>employer-forwarding</c>, or occupational health to tell the employer anything, category
/// <c>employer-disclosure</c>: a Consent whose provision denies. Without an actor it holds for every employer.
/// </summary>
public sealed class ProhibitionRule : IWriteRule<Consent>
{
    public const string Category = "employer-forwarding", Disclosure = "employer-disclosure";

    public async Task<Refusal?> Check(Write<Consent> write, CancellationToken cancel)
    {
        var consent = write.Proposed;
        List<FhirIssue> faults = [];
        if (!Is(consent, Category) && !Is(consent, Disclosure))
            faults.Add(Issue(IssueType.CodeInvalid, "category",
                $"Here a Consent is a prohibition of category {Category} or {Disclosure} of {Terms.ConsentCategory}."));
        if (consent.Provision?.Type is not ConsentProvisionType.Deny)
            faults.Add(Issue(IssueType.Value, "provision.type", "A prohibition denies."));
        if (DateInterval.Of(consent.DateTimeElement) is not { } given || given.Start > write.Session.Now)
            faults.Add(Issue(IssueType.Value, "dateTime", "When the worker said so, not in the future."));
        foreach (var actor in consent.Provision?.Actor ?? [])
            if (actor.Reference?.Identifier is not { System: not null, Value: not null })
                faults.Add(Issue(IssueType.Required, "provision.actor.reference", "An employer is named by identifier."));
        var person = consent.Patient?.Identifier;
        var isLocal = consent.Patient?.TryGetLocal(out var type, out var id) == true && type == "Patient"
            && await write.Session.Resources.Get<Patient>(write.Access, id) is not null;
        if (!isLocal && person is not { System: Systems.IdentityCode, Value: not null })
            faults.Add(Issue(IssueType.Required, "patient", "A Patient of this base, or an identity code."));
        if (write.Current is { } current && current.Patient?.Reference != consent.Patient?.Reference)
            faults.Add(Issue(IssueType.BusinessRule, "patient", "A prohibition stays with its person."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);
        if (!isLocal)
            consent.Patient = await PersonOf(write.Session, write.Access, person!);
        return null;
    }

    /// <summary>Whether the worker has forbidden an employer to send anything, or that it be told anything.</summary>
    public static async Task<bool> Forbids(
        Session session, Access access, string person, Organization employer, string category = Category) =>
        (await session.Resources.FindByReference<Consent>(access, "patient", "Patient", person))
        .Any(consent => consent.Status is ConsentState.Active && Is(consent, category)
            && consent.Provision is { Type: ConsentProvisionType.Deny } provision
            && !(DateInterval.Of(provision.Period) is { } period
                && (period.Start > session.Now || period.End < session.Now))
            && (provision.Actor.Count == 0 || provision.Actor.Exists(actor => employer.Identifier.Exists(known =>
                known.System == actor.Reference?.Identifier?.System
                && known.Value == actor.Reference?.Identifier?.Value))));

    /// <summary>
    /// The person with an identity code, of whom nothing else need be known here: somebody may forbid it, or be absent,
    /// before that.
    /// </summary>
    internal static async Task<ResourceReference> PersonOf(Session session, Access access, Identifier code)
    {
        await session.Lock(access, code);
        var known = await session.Resources.FindByToken<Patient>(access, "identifier", code.System!, code.Value!);
        known ??= await session.Resources.Create(access, new Patient { Identifier = [code.Clone()] });
        return new ResourceReference($"Patient/{known.Id}");
    }

    private static bool Is(Consent consent, string code) =>
        consent.Category.Exists(category => category.Has(Terms.ConsentCategory, code));

    private static FhirIssue Issue(IssueType code, string place, string message) =>
        Refusal.Issue(code, $"Consent.{place}", message);
}
