using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.EmployerContacts;

/// <summary>
/// A contact that has taken place, with a client, an employer, the care team, or a team about nobody in particular. A
/// meeting with the client settles what was due. A contact is not rewritten: it is set to <c>entered-in-error</c> and
/// recorded anew.
/// </summary>
public sealed class RecordContact : IWriteRule<Encounter>
{
    private const string Path = "Encounter";

    public async Task<Refusal?> Check(Write<Encounter> write, CancellationToken cancel)
    {
        var contact = write.Proposed;
        if (write.Current is { } current)
        {
            if (WithdrawalFault(contact, current) is { } fault) return Refusal.BadRequest(fault);
        }
        else if (await Faults(write) is { Count: > 0 } faults)
        {
            return Refusal.BadRequest(faults);
        }

        if (contact.Subject is { } person && CoachContact.KindOf(contact) == CoachContact.Client)
        {
            await Lock(person, write);
            await new FollowAlong(write.Session, write.Access) { Contact = contact }.Settle(person);
        }

        return null;
    }

    private static FhirIssue? WithdrawalFault(Encounter proposed, Encounter current)
    {
        var withdrawn = current.Clone();
        withdrawn.Status = EncounterStatus.EnteredInError;
        withdrawn.Meta = proposed.Meta;
        return current.Status is EncounterStatus.Finished && proposed.DeepEquals(withdrawn)
            ? null
            : Refusal.Issue(IssueType.BusinessRule, Path,
                "A contact is only ever withdrawn: send it unchanged but for the status entered-in-error, and record "
                + "the right one anew.");
    }

    private static async Task<IReadOnlyList<FhirIssue>> Faults(Write<Encounter> write)
    {
        var (contact, kind) = (write.Proposed, CoachContact.KindOf(write.Proposed));
        List<FhirIssue> faults = [.. HeadFaults(contact, kind), .. TimeFaults(contact, write.Session.Now)];
        faults.AddRange(await CaseFaults(write, kind));
        faults.AddRange(await ToldFaults.Of(write, kind));
        foreach (var (participant, i) in contact.Participant.Select((one, i) => (one, i)))
        {
            if (!await CoachingCases.IsProfessional(write.Session, write.Access, participant.Individual))
                faults.Add(Refusal.Issue(IssueType.NotFound, $"{Path}.participant[{i}].individual",
                    "Whoever took part from our side is a PractitionerRole or Practitioner of this base."));
        }

        return faults;
    }

    private static IEnumerable<FhirIssue> HeadFaults(Encounter contact, string? kind)
    {
        if (contact.Status is not null and not EncounterStatus.Finished)
            yield return Refusal.Issue(IssueType.Value, Path + ".status",
                "A contact that has taken place is finished.");
        if (kind is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".type",
                $"One of {string.Join(", ", CoachContact.Kinds.Select(one => one.Code))} of "
                + $"{CoachContact.KindSystem}.");
        if (contact.Class is not { System: CoachContact.ClassSystem, Code: { } place }
            || !CoachContact.Classes.Contains(place, StringComparer.Ordinal))
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".class",
                $"Where it was: FLD in the community, HH at home, AMB at the office or VR not in person, of "
                + $"{CoachContact.ClassSystem}.");
        if (contact.Participant.Count == 0)
            yield return Refusal.Issue(IssueType.Required, Path + ".participant", "The coach.");
        var employer = (contact.GetExtension(CoachContact.EmployerUrl)?.Value as ResourceReference)?.Identifier;
        if (kind == CoachContact.Employer && !BusinessId.Is(employer))
            yield return Refusal.Issue(IssueType.Required, Path + ".extension('ips-employer')",
                $"The employer by its business id of {BusinessId.SystemUrl}.");
        else if (kind is not null and not CoachContact.Employer && employer is not null)
            yield return Refusal.Issue(IssueType.NotSupported, Path + ".extension('ips-employer')",
                "Only a contact with an employer names one.");
    }

    private static IEnumerable<FhirIssue> TimeFaults(Encounter contact, DateTimeOffset now)
    {
        if (CoachContact.DayOf(contact) is not { } day)
            yield return Refusal.Issue(IssueType.Required, Path + ".period.start", "The day or time of the contact.");
        else if (day > FinnishTime.DateOf(now) || contact.Period!.StartElement!.ToDateTimeOffset() > now)
            yield return Refusal.Issue(IssueType.Value, Path + ".period.start", "A contact is recorded afterwards.");
        if (contact.Length is not { System: Quantity.Ucum, Code: "min", Value: > 0 })
            yield return Refusal.Issue(IssueType.Required, Path + ".length", "How long it took, in min of UCUM.");
    }

    // Looking for work with employers need not be for one client; meetings of teams never are; everything else belongs
    // to a case.
    private static async Task<IReadOnlyList<FhirIssue>> CaseFaults(Write<Encounter> write, string? kind)
    {
        var contact = write.Proposed;
        if (kind is not null && CoachContact.OfNoClient.Contains(kind)) return await TeamFaults(write, kind);
        if (contact.EpisodeOfCare.Count == 0 && contact.Subject is null && kind == CoachContact.Employer) return [];
        var episode = contact.EpisodeOfCare is [var only]
            ? await CoachingCases.Follow<EpisodeOfCare>(write.Session, write.Access, only) : null;
        if (episode is null)
            return [Refusal.Issue(IssueType.NotFound, Path + ".episodeOfCare", "The one case that it belongs to.")];
        List<FhirIssue> faults = [];
        contact.Subject ??= episode.Patient!.Clone();
        if (contact.Subject.Reference != episode.Patient!.Reference)
            faults.Add(Refusal.Issue(IssueType.Value, Path + ".subject", "The subject is the person of the case."));
        if (CoachContact.DayOf(contact) is { } day && (day < FinnishTime.DateOf(episode.Period?.StartElement)
            || day > FinnishTime.LastDateOf(episode.Period?.EndElement)))
            faults.Add(Refusal.Issue(IssueType.BusinessRule, Path + ".period.start", "It is outside of the case."));
        return faults;
    }

    // Which team was met is told by its unit or by a team that is nobody's own, so that it points to no person.
    private static async Task<IReadOnlyList<FhirIssue>> TeamFaults(Write<Encounter> write, string kind)
    {
        var contact = write.Proposed;
        List<FhirIssue> faults = [];
        if (contact.Subject is not null || contact.EpisodeOfCare.Count > 0)
            faults.Add(Refusal.Issue(IssueType.NotSupported, Path + ".subject",
                "A meeting of a team names no client and no case."));
        var met = contact.GetExtension(CoachContact.MetTeamUrl)?.Value as ResourceReference;
        if (kind == CoachContact.TeamMeeting
            && await CoachingCases.Follow<Organization>(write.Session, write.Access, met) is null
            && await CoachingCases.Follow<CareTeam>(write.Session, write.Access, met) is not { Subject: null })
            faults.Add(Refusal.Issue(IssueType.Required, Path + ".extension('ips-met-team')",
                "The mental-health team: an Organization of this base, or a CareTeam that is no single person's."));
        return faults;
    }

    internal static async Task Lock(ResourceReference person, Write<Encounter> write)
    {
        if (person.TryGetLocal(out var type, out var id)) await write.Session.Lock(write.Access, type, id);
    }
}
