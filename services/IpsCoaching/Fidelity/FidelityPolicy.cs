using IpsCoaching.Cases;

namespace IpsCoaching.Fidelity;

/// <summary>An item of the IPS fidelity scale as far as cases tell of it.</summary>
/// <param name="Number">The number of the item, with our own short label.</param>
/// <param name="Basis">One of <see cref="FidelityBasis"/>.</param>
/// <param name="Score">1 to 5; null where nothing is known or no source here gives the lower anchors.</param>
/// <param name="Evidence">What was counted.</param>
public sealed record FidelityItem(
    TranslatedName Number, TranslatedName Basis, int? Score, IReadOnlyList<(TranslatedName What, decimal Count)> Evidence);

/// <summary>
/// Scores what can be scored from cases; a reviewer scores the rest. Pure. Source: IPS-25, domain.md §4. Where only the
/// top anchor is known, an item that misses it gets no score from here.
/// </summary>
public static class FidelityPolicy
{
    public static IReadOnlyList<FidelityItem> Score(
        FidelityFacts facts, FidelityAnchors anchors, IReadOnlyList<TranslatedName> refusalReasons) =>
    [
        Scale(1, AtMost(Mean(facts.Caseloads), anchors.CaseloadAtMost),
            ("coaches", facts.Caseloads.Count), ("clients", facts.Caseloads.Sum())),
        Scale(2, AtLeast(Share(facts.Minutes.Coaching, facts.Minutes.All), anchors.EmploymentServiceShareAtLeast),
            ("coaching-minutes", facts.Minutes.Coaching), ("all-minutes", facts.Minutes.All)),
        Proposal(3, facts.Cases.ByOneCoach, facts.Cases.All,
            ("one-coach", facts.Cases.ByOneCoach), ("cases", facts.Cases.All)),
        Top(4, facts.FromTwoTeams, facts.Caseloads.Sum(), anchors.TeamShare,
            ("clients", facts.Caseloads.Sum()), ("from-two-teams", facts.FromTwoTeams)),
        Partly(5, ("weeks", Days(facts) / 7), ("team-meeting-weeks", facts.TeamMeetingWeeks)),
        Partly(6, ("months", facts.Months.All), ("employment-services-months", facts.Months.WithServices)),
        Partly(7, ("coaches", facts.Coaches), ("weeks", Days(facts) / 7), ("supervision-weeks", facts.SupervisionWeeks)),
        Reviewer(8),
        WithReasons(Partly(9, ("refused", facts.Refusals.Count)), facts, refusalReasons),
        Reviewer(10),
        Reviewer(11),
        Top(12, facts.BeforeJob.Counselled, facts.BeforeJob.Clients, 1,
            ("clients", facts.BeforeJob.Clients), ("counselled", facts.BeforeJob.Counselled)),
        Top(13, facts.DisclosureTalks.Repeatedly, facts.Clients, 1, ("clients", facts.Clients),
            ("talked-once", facts.DisclosureTalks.Once), ("talked-repeatedly", facts.DisclosureTalks.Repeatedly)),
        Top(14, facts.Profiles.Updated, facts.Profiles.Ended, 1,
            ("jobs-ended", facts.Profiles.Ended), ("profiles-updated", facts.Profiles.Updated)),
        Scale(15, AtMost(Median(facts.DaysToFirstEmployerContact), anchors.FirstEmployerContactDaysAtMost),
            ("with-employer-contact", facts.DaysToFirstEmployerContact.Count),
            ("without-employer-contact", facts.WithoutEmployerContact)),
        Proposal(16, facts.Wishes.AsWished, facts.Occupations.Count, ("jobs", facts.Occupations.Count),
            ("jobs-with-wish", facts.Wishes.WithWish), ("jobs-as-wished", facts.Wishes.AsWished)),
        Scale(17, AtLeast(MeetingsAWeek(facts), anchors.EmployerContactsAWeekAtLeast),
            ("coaches", facts.Coaches), ("meetings", facts.EmployerMeetings), ("days", Days(facts))),
        Partly(18, ("employers-met", facts.EmployersMet.Met), ("employers-met-often", facts.EmployersMet.Often)),
        Top(19, Distinct(facts.Occupations), facts.Occupations.Count, anchors.DiversityShare,
            ("jobs", facts.Occupations.Count), ("occupations", Distinct(facts.Occupations))),
        Top(20, Distinct(facts.Employers), facts.Employers.Count, anchors.DiversityShare,
            ("jobs", facts.Employers.Count), ("employers", Distinct(facts.Employers))),
        Top(21, facts.Jobs.NotFixedTerm, facts.Occupations.Count, anchors.CompetitiveShare,
            ("jobs", facts.Occupations.Count), ("competitive", facts.Jobs.Competitive),
            ("not-fixed-term", facts.Jobs.NotFixedTerm)),
        Partly(22, ("working", facts.InWork.Working), ("working-met", facts.InWork.Met),
            ("employer-met", facts.InWork.EmployerMet)),
        Top(23, facts.FollowAlongMade, facts.FollowAlongMade + facts.FollowAlongMissed, 1,
            ("contacts-made", facts.FollowAlongMade), ("contacts-missed", facts.FollowAlongMissed)),
        Top(24, facts.CommunityMinutes, facts.CommunityMinutes + facts.OfficeMinutes, anchors.CommunityShare,
            ("community-minutes", facts.CommunityMinutes), ("office-minutes", facts.OfficeMinutes)),
        Partly(25, ("attempts", facts.OutreachAttempts)),
    ];

    private static FidelityItem Scale(int number, int? score, params IReadOnlyList<(string, decimal)> evidence) =>
        Item(number, score is null ? FidelityBasis.NoEvidence : FidelityBasis.Computed, score, evidence);

    private static FidelityItem Top(
        int number, decimal part, decimal whole, decimal share, params IReadOnlyList<(string, decimal)> evidence) =>
        Share(part, whole) is not { } reached ? Item(number, FidelityBasis.NoEvidence, null, evidence)
        : reached >= share ? Item(number, FidelityBasis.Computed, 5, evidence)
        : Item(number, FidelityBasis.BelowTop, null, evidence);

    // Only when nothing that was recorded speaks against the top anchor.
    private static FidelityItem Proposal(
        int number, int part, int whole, params IReadOnlyList<(string, decimal)> evidence) =>
        whole > 0 && part == whole
            ? Item(number, FidelityBasis.Proposed, 5, evidence) : Partly(number, evidence);

    private static FidelityItem Partly(int number, params IReadOnlyList<(string, decimal)> evidence) =>
        Item(number, FidelityBasis.Partly, null, evidence);

    private static FidelityItem Reviewer(int number) => Item(number, FidelityBasis.Reviewer, null, []);

    private static FidelityItem Item(
        int number, TranslatedName basis, int? score, IReadOnlyList<(string What, decimal Count)> evidence) =>
        new(FidelityItems.All[number - 1], basis, score,
            [.. evidence.Select(one => (FidelityEvidence.Of(one.What), one.Count))]);

    private static FidelityItem WithReasons(
        FidelityItem item, FidelityFacts facts, IReadOnlyList<TranslatedName> reasons)
    {
        var refused = facts.Refusals.GroupBy(reason => reason).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (FidelityEvidence.Refused(group.Key, reasons), (decimal)group.Count()));
        return item with { Evidence = [.. item.Evidence, .. refused] };
    }

    private static int Days(FidelityFacts facts) => facts.To.DayNumber - facts.From.DayNumber + 1;

    private static decimal? MeetingsAWeek(FidelityFacts facts) =>
        facts.Coaches == 0 ? null : facts.EmployerMeetings * 7m / (Days(facts) * facts.Coaches);

    private static int? AtMost(decimal? value, IReadOnlyList<decimal> limits) =>
        value is null ? null : limits.Count(limit => value <= limit) + 1;

    private static int? AtLeast(decimal? value, IReadOnlyList<decimal> limits) =>
        value is null ? null : limits.Count(limit => value >= limit) + 1;

    private static decimal? Share(decimal part, decimal whole) => whole > 0 ? part / whole : null;

    private static decimal? Mean(IReadOnlyList<int> values) =>
        values.Count == 0 ? null : values.Sum() / (decimal)values.Count;

    private static decimal? Median(IReadOnlyList<int> values) => Figures.Statistics.Median([.. values]);

    private static int Distinct(IReadOnlyList<string> values) => values.Distinct(StringComparer.Ordinal).Count();
}
