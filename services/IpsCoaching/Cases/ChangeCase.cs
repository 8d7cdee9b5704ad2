using Fhir;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Cases;

/// <summary>
/// Leads a case through its life: phases, pause, another coach, the end for a reason of the closed list, re-opening.
/// </summary>
internal static class ChangeCase
{
    private const string Path = "EpisodeOfCare";

    private static readonly (EpisodeOfCareStatus From, EpisodeOfCareStatus To)[] Moves =
    [
        (EpisodeOfCareStatus.Active, EpisodeOfCareStatus.Onhold),
        (EpisodeOfCareStatus.Onhold, EpisodeOfCareStatus.Active),
        (EpisodeOfCareStatus.Active, EpisodeOfCareStatus.Finished),
        (EpisodeOfCareStatus.Onhold, EpisodeOfCareStatus.Finished),
        (EpisodeOfCareStatus.Finished, EpisodeOfCareStatus.Active),
        (EpisodeOfCareStatus.Active, EpisodeOfCareStatus.Cancelled),
        (EpisodeOfCareStatus.Cancelled, EpisodeOfCareStatus.Active),
    ];

    public static async Task<Refusal?> Check(Write<EpisodeOfCare> write, EpisodeOfCare current)
    {
        var (episode, session, today) = (write.Proposed, write.Session, FinnishTime.DateOf(write.Session.Now));
        if (await CoachingCases.Follow<Patient>(session, write.Access, current.Patient) is { } person)
        {
            await session.Lock(write.Access, KnownPersons.KeyOf(person));
            await session.Lock(write.Access, person.TypeName, person.Id!);
        }

        var unit = await UnitOfNewCoach(write, current);
        if (unit is not null && episode.ManagingOrganization.DeepEquals(current.ManagingOrganization))
            episode.ManagingOrganization = unit.Clone();
        Reopen(episode, current, today);
        FollowStatus(episode, current, today);
        List<FhirIssue> faults =
        [
            .. FixedFaults(episode, current, unit ?? current.ManagingOrganization), .. MoveFaults(episode, current),
            .. CaseEnding.Faults(episode, episode.Status is EpisodeOfCareStatus.Finished, today),
            .. CaseRefusal.Faults(episode, episode.Status is EpisodeOfCareStatus.Cancelled, today),
            .. CasePhases.Faults(episode, today), .. await CaseRule.CoachFaults(write),
            .. await CaseRule.TeamFaults(write), .. await OutreachFaults(write),
        ];
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        if (!IsOpen(current) && IsOpen(episode)
            && await CoachingCases.Open(session, write.Access, current.Patient!) is not null)
            return Refusal.Conflict(Path + ".status", "The person has another open case: it goes on.");

        CasePhases.Close(episode);
        CoachHistory.Follow(episode, current, today);
        if ((current.Status is EpisodeOfCareStatus.Cancelled) != (episode.Status is EpisodeOfCareStatus.Cancelled))
            await CaseRefusal.Tell(episode, write.Access, session);
        await new FollowAlong(session, write.Access) { Case = episode }.Settle(episode.Patient!);
        return null;
    }

    private static bool IsOpen(EpisodeOfCare episode) =>
        episode.Status is EpisodeOfCareStatus.Active or EpisodeOfCareStatus.Onhold;

    // A coaching-request says who asks, not who coaches: with its first coach the case becomes that coach's unit's. With
    // another coach it goes along too.
    private static async Task<ResourceReference?> UnitOfNewCoach(
        Write<EpisodeOfCare> write, EpisodeOfCare current) =>
        (current.CareManager is null
            ? CaseEntry.Of(current) == CaseEntry.Request
            : current.CareManager.Reference != write.Proposed.CareManager?.Reference)
            ? (await CoachingCases.Follow<PractitionerRole>(
                write.Session, write.Access, write.Proposed.CareManager))?.Organization
            : null;

    // Whoever comes back agrees anew, unless a phase that begins today says otherwise.
    private static void Reopen(EpisodeOfCare episode, EpisodeOfCare current, DateOnly today)
    {
        if (current.Status is EpisodeOfCareStatus.Finished && IsOpen(episode)
            && CasePhases.Of(episode) is [.., { Start: var start }] && start < today)
            episode.Extension.Add(IpsPhase.Agreement.From(new FhirDateTime(CaseRule.Day(today))));
    }

    private static IEnumerable<FhirIssue> FixedFaults(
        EpisodeOfCare episode, EpisodeOfCare current, ResourceReference? unit)
    {
        if (!episode.Patient.DeepEquals(current.Patient)) yield return Fixed(".patient");
        if (!episode.ManagingOrganization.DeepEquals(unit))
            yield return Fixed(".managingOrganization");
        if (!Same(episode.Identifier, current.Identifier)) yield return Fixed(".identifier");
        if (!Same(episode.Type, current.Type)) yield return Fixed(".type");
        if (!Same(episode.ReferralRequest, current.ReferralRequest)) yield return Fixed(".referralRequest");
        if (episode.Period?.Start != current.Period?.Start) yield return Fixed(".period.start");
        if (CaseEntry.Of(episode) != CaseEntry.Of(current)) yield return Fixed(".extension('ips-entry')");
        if (!episode.GetExtension(CaseEntry.RetentionUrl).DeepEquals(current.GetExtension(CaseEntry.RetentionUrl)))
            yield return Fixed(".extension('ips-work-retention')");
        if (episode.Contained.Count > 0)
            yield return Refusal.Issue(IssueType.NotSupported, Path + ".contained", "A change brings nothing along.");
    }

    private static IEnumerable<FhirIssue> MoveFaults(EpisodeOfCare episode, EpisodeOfCare current)
    {
        if (episode.Status is { } to && current.Status is { } from && to != from && !Moves.Contains((from, to)))
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".status",
                $"A case that is {from.GetLiteral()} does not become {to.GetLiteral()}.");
        if (current.Status is EpisodeOfCareStatus.Finished && IsOpen(episode)
            && CaseEnding.ReasonOf(current) == CaseEnding.Death)
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".status",
                "The case of a person who has died is not opened again.");
        if (episode.Status is not (EpisodeOfCareStatus.Finished or EpisodeOfCareStatus.Cancelled)
            && episode.Period?.EndElement is not null)
            yield return Refusal.Issue(IssueType.Invariant, Path + ".period.end", "An open case has no end.");
        if (episode.CareManager?.Reference == current.CareManager?.Reference) yield break;
        if (!IsOpen(episode))
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".careManager",
                "Only an open case goes to another coach.");
        else if (episode.CareManager is null)
            yield return Refusal.Issue(IssueType.Required, Path + ".careManager",
                "A case that has a coach goes to another one, never to nobody.");
    }

    private static async Task<IReadOnlyList<FhirIssue>> OutreachFaults(Write<EpisodeOfCare> write)
    {
        if (write.Proposed.Status is not EpisodeOfCareStatus.Finished
            || CaseEnding.ReasonOf(write.Proposed) != CaseEnding.Unreachable) return [];
        var contacts = await CoachContact.Of(write.Session, write.Access, write.Proposed.Id!);
        return contacts.Any(contact => CoachContact.KindOf(contact) == CoachContact.Outreach)
            ? []
            : [Refusal.Issue(IssueType.BusinessRule, Path + ".extension('ips-ending-reason')",
                "Nobody is unreachable without a documented attempt: record an Encounter of type "
                + $"{CoachContact.Outreach}.")];
    }

    private static void FollowStatus(EpisodeOfCare episode, EpisodeOfCare current, DateOnly today)
    {
        episode.StatusHistory = [.. current.StatusHistory.Select(was => was.Clone())];
        if (episode.Status == current.Status) return;
        var end = FinnishTime.LastDateOf(episode.Period?.EndElement) ?? today;
        var since = FinnishTime.LastDateOf(current.Period?.EndElement)
            ?? FinnishTime.LastDateOf(current.StatusHistory.LastOrDefault()?.Period?.EndElement)
            ?? FinnishTime.DateOf(current.Period?.StartElement) ?? today;
        episode.StatusHistory.Add(new EpisodeOfCare.StatusHistoryComponent
        {
            Status = current.Status,
            Period = new Period(
                new FhirDateTime(CaseRule.Day(since)), new FhirDateTime(CaseRule.Day(end < since ? since : end))),
        });
    }

    private static bool Same<T>(IReadOnlyList<T> one, IReadOnlyList<T> other) where T : Base =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.DeepEquals(pair.Second));

    private static FhirIssue Fixed(string place) => Refusal.Issue(
        IssueType.BusinessRule, Path + place, "It is as it was when the case was opened.");
}
