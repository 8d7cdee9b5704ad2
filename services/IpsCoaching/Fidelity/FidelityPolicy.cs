using IpsCoaching.Cases;

namespace IpsCoaching.Fidelity;

/// <summary>An item of the IPS fidelity scale as far as cases tell of it.</summary>
/// <param name="Number">The number of the item, with our own short label.</param>
/// <param name="Score">1 to 5; null where nothing is known or no source here gives the lower anchors.</param>
/// <param name="Evidence">What was counted.</param>
public sealed record FidelityItem(
    TranslatedName Number, int? Score, IReadOnlyList<(string What, decimal Count)> Evidence);

/// <summary>
/// Scores what can be scored from cases. Pure. A reviewer enters the other items. Source: IPS-25, domain.md §4; numbers
/// and own labels only, the wording of the scale is its holder's.
/// </summary>
public static class FidelityPolicy
{
    public static IReadOnlyList<FidelityItem> Score(FidelityFacts facts, FidelityAnchors anchors) =>
    [
        new(new("1", "Asiakkaita valmentajaa kohti", "Klienter per coach", "Clients per coach"),
            AtMost(Mean(facts.Caseloads), anchors.CaseloadAtMost),
            [("coaches", facts.Caseloads.Count), ("clients", facts.Caseloads.Sum())]),
        new(new("9", "Ketään ei suljeta pois", "Ingen utesluts", "Nobody is excluded"), null,
            [("refused", facts.Refusals.Count), .. facts.Refusals.GroupBy(reason => reason)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => ("refused-" + group.Key, (decimal)group.Count()))]),
        new(new("15", "Ripeä työnhaku", "Snabb jobbsökning", "Rapid job search"),
            AtMost(Median(facts.DaysToFirstEmployerContact), anchors.FirstEmployerContactDaysAtMost),
            [("with-employer-contact", facts.DaysToFirstEmployerContact.Count),
                ("without-employer-contact", facts.WithoutEmployerContact)]),
        new(new("17", "Työnantajatapaamisia viikossa", "Arbetsgivarmöten per vecka", "Employer meetings a week"),
            AtLeast(MeetingsAWeek(facts), anchors.EmployerContactsAWeekAtLeast),
            [("coaches", facts.Coaches), ("meetings", facts.EmployerMeetings), ("days", Days(facts))]),
        new(new("19", "Ammattien kirjo", "Variation av yrken", "Diversity of occupations"),
            Top(Distinct(facts.Occupations), facts.Occupations.Count, anchors.DiversityShare),
            [("jobs", facts.Occupations.Count), ("occupations", Distinct(facts.Occupations))]),
        new(new("20", "Työnantajien kirjo", "Variation av arbetsgivare", "Diversity of employers"),
            Top(Distinct(facts.Employers), facts.Employers.Count, anchors.DiversityShare),
            [("jobs", facts.Employers.Count), ("employers", Distinct(facts.Employers))]),
        new(new("23", "Tuki työn alettua", "Stöd efter arbetets början", "Support once work has begun"), null,
            [("contacts-made", facts.FollowAlongMade), ("contacts-missed", facts.FollowAlongMissed)]),
        new(new("24", "Työtä toimiston ulkopuolella", "Arbete utanför kontoret", "Time outside the office"),
            Top(facts.CommunityMinutes, facts.CommunityMinutes + facts.OfficeMinutes, anchors.CommunityShare),
            [("community-minutes", facts.CommunityMinutes), ("office-minutes", facts.OfficeMinutes)]),
    ];

    private static int Days(FidelityFacts facts) => facts.To.DayNumber - facts.From.DayNumber + 1;

    private static decimal? MeetingsAWeek(FidelityFacts facts) =>
        facts.Coaches == 0 ? null : facts.EmployerMeetings * 7m / (Days(facts) * facts.Coaches);

    private static int? AtMost(decimal? value, IReadOnlyList<decimal> limits) =>
        value is null ? null : limits.Count(limit => value <= limit) + 1;

    private static int? AtLeast(decimal? value, IReadOnlyList<decimal> limits) =>
        value is null ? null : limits.Count(limit => value >= limit) + 1;

    // Only the top anchor is known: whoever misses it gets no score from here.
    private static int? Top(decimal part, decimal whole, decimal share) =>
        whole > 0 && part / whole >= share ? 5 : null;

    private static decimal? Mean(IReadOnlyList<int> values) =>
        values.Count == 0 ? null : values.Sum() / (decimal)values.Count;

    private static decimal? Median(IReadOnlyList<int> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2m;
    }

    private static int Distinct(IReadOnlyList<string> values) => values.Distinct(StringComparer.Ordinal).Count();
}
