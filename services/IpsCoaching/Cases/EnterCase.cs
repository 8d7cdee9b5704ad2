using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>
/// A case that a coach's system opens because the person or the care team wishes it. Zero exclusion: nothing is asked
/// but who it is. The person and the team may come along as contained resources and are stored as their own.
/// </summary>
internal static class EnterCase
{
    private const string Path = "EpisodeOfCare", PatientPath = Path + ".patient";

    public static async Task<Refusal?> Check(Write<EpisodeOfCare> write)
    {
        var (episode, session, today) = (write.Proposed, write.Session, FinnishTime.DateOf(write.Session.Now));
        Complete(episode, today);
        var brought = Brought<Patient>(episode, episode.Patient);
        var (known, personFaults) = brought is null
            ? await KnownPersons.Named(session, write.Access, episode.Patient, PatientPath)
            : (null, IdentifierFaults(brought, episode));
        List<FhirIssue> faults =
        [
            .. personFaults, .. HeadFaults(episode, today), .. ContainedFaults(episode),
            .. CasePhases.Faults(episode, today), .. await CaseRule.CoachFaults(write),
            .. await CaseRule.TeamFaults(write),
        ];
        if (episode.ManagingOrganization?.Reference is null
            || await Teams.Own(session, write.Access, episode.ManagingOrganization) is null)
            faults.Add(Required(".managingOrganization", "The unit that coaches, an Organization of this base."));
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        if (brought is null && known is null)
            return new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(IssueType.BusinessRule, PatientPath,
                "The person is not known here: send the Patient along as a contained resource.")]);

        var key = KnownPersons.KeyOf(brought ?? known!);
        await session.Lock(write.Access, key);
        if (await NewPersons.Refuse(session, write.Access, PatientPath) is { } tooMany) return tooMany;
        var person = known ?? await KnownOrStored(brought!, write);
        episode.Patient = new ResourceReference($"Patient/{person.Id}");
        if (await CoachingCases.Open(session, write.Access, episode.Patient) is not null)
            return Refusal.Conflict(PatientPath, "The person has an open case already: it goes on.");
        await StoreTeams(write);
        episode.Contained.Clear();
        CasePhases.Close(episode);
        CoachHistory.Follow(episode, null, FinnishTime.DateOf(episode.Period!.StartElement)!.Value);
        return null;
    }

    private static void Complete(EpisodeOfCare episode, DateOnly today)
    {
        episode.Period ??= CaseRule.Since(today);
        if (episode.Type.Count == 0) episode.Type.Add(new CodeableConcept(Systems.Method, CoachingRequest.Method));
        if (!episode.Identifier.Exists(known => known.System == Systems.Journey))
            episode.Identifier.Add(new Identifier(Systems.Journey, ResourceStore.NewId()));
        if (episode.Extension.TrueForAll(extension => extension.Url != IpsPhase.ExtensionUrl)
            && episode.Period.StartElement is { } start)
            episode.Extension.Add(IpsPhase.Agreement.From(start.Clone()));
    }

    private static IEnumerable<FhirIssue> HeadFaults(EpisodeOfCare episode, DateOnly today)
    {
        if (episode.Status is not null and not EpisodeOfCareStatus.Active)
            yield return Refusal.Issue(IssueType.Value, Path + ".status", "A new case is active.");
        if (!episode.Type.Exists(type => type.Has(Systems.Method, CoachingRequest.Method)))
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".type",
                $"The type is {CoachingRequest.Method} of {Systems.Method}.");
        var entry = CaseEntry.Of(episode);
        if (entry != CaseEntry.Self && entry != CaseEntry.CareTeam)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".extension('ips-entry')",
                $"How the person came: {CaseEntry.Self.Code} or {CaseEntry.CareTeam.Code} of {CaseEntry.SystemUrl}.");
        if (entry == CaseEntry.CareTeam && episode.Team.Count == 0)
            yield return Required(".team", "The care team whose wish it is.");
        if (episode.GetExtension(CaseEntry.RetentionUrl) is { Value: not FhirBoolean })
            yield return Refusal.Issue(IssueType.Value, Path + ".extension('ips-work-retention')", "It is a boolean.");
        if (episode.ReferralRequest.Count > 0)
            yield return Refusal.Issue(IssueType.NotSupported, Path + ".referralRequest",
                "A case with a referral comes by a coaching-request.");
        if (episode.StatusHistory.Count > 0)
            yield return Refusal.Issue(IssueType.NotSupported, Path + ".statusHistory", "It is kept by this service.");
        if (FinnishTime.DayOf(episode.Period?.StartElement) is not { } start)
            yield return Required(".period.start", "The day on which the person entered.");
        else if (start > today)
            yield return Refusal.Issue(IssueType.Value, Path + ".period.start", "Nobody enters in the future.");
        if (episode.Period?.EndElement is not null)
            yield return Refusal.Issue(IssueType.Value, Path + ".period.end", "A new case has no end.");
        foreach (var fault in CaseEnding.Faults(episode, isFinished: false, today)
            .Concat(CaseRefusal.Faults(episode, isCancelled: false, today)))
            yield return fault;
    }

    // Nothing is taken along that would be dropped unseen.
    private static IEnumerable<FhirIssue> ContainedFaults(EpisodeOfCare episode)
    {
        for (var i = 0; i < episode.Contained.Count; i++)
        {
            var contained = episode.Contained[i];
            var isNamed = contained == Brought<Patient>(episode, episode.Patient)
                || episode.Team.Exists(team => Brought<CareTeam>(episode, team) == contained);
            if (!isNamed)
                yield return Refusal.Issue(IssueType.NotSupported, $"{Path}.contained[{i}]",
                    "Only the Patient and the CareTeams that the case points to come along.");
            else if (contained is CareTeam { ManagingOrganization.Count: 0 })
                yield return Refusal.Issue(IssueType.Required, $"{Path}.contained[{i}].managingOrganization",
                    "The unit of the care team.");
        }

        for (var i = 0; i < episode.Team.Count; i++)
            if (episode.Team[i].IsContained && Brought<CareTeam>(episode, episode.Team[i]) is null)
                yield return Required($".team[{i}]", "No CareTeam of that id comes along.");
        if (episode.Patient?.IsContained == true && Brought<Patient>(episode, episode.Patient) is null)
            yield return Required(".patient", "No Patient of that id comes along.");
    }

    private static IReadOnlyList<FhirIssue> IdentifierFaults(Patient person, EpisodeOfCare episode) =>
        person.Identifier.Exists(one => one is { System.Length: > 0, Value.Length: > 0 })
            ? []
            : [Required($".contained[{episode.Contained.IndexOf(person)}].identifier",
                "The Patient has an identifier with system and value.")];

    // What another source said of a person is never overwritten.
    private static async Task<Patient> KnownOrStored(Patient brought, Write<EpisodeOfCare> write)
    {
        if (await KnownPersons.Registered(write.Session, write.Access, brought) is { } known) return known;
        var person = brought.Clone();
        person.Id = ResourceStore.NewId();
        return await write.Session.Resources.Create(write.Access, person);
    }

    private static async Task StoreTeams(Write<EpisodeOfCare> write)
    {
        foreach (var reference in write.Proposed.Team)
        {
            if (Brought<CareTeam>(write.Proposed, reference) is not { } brought) continue;
            var team = brought.Clone();
            team.Id = ResourceStore.NewId();
            team.Subject = write.Proposed.Patient!.Clone();
            await write.Session.Resources.Create(write.Access, team);
            reference.Reference = $"CareTeam/{team.Id}";
        }
    }

    private static T? Brought<T>(EpisodeOfCare episode, ResourceReference? reference) where T : Resource =>
        reference?.IsContained == true
            ? episode.Contained.OfType<T>().FirstOrDefault(one => one.Id == reference.Reference![1..])
            : null;

    private static FhirIssue Required(string place, string message) =>
        Refusal.Issue(IssueType.Required, Path + place, message);
}
