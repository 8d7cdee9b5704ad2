using IpsCoaching.Cases;
using IpsCoaching.Figures;
using static IpsCoaching.Outcomes.OutcomeNames;

namespace IpsCoaching.Outcomes;

/// <summary>An outcome as it is shown.</summary>
/// <param name="Score">The share in per cent, the median or the mean; null when hidden or of nobody.</param>
/// <param name="Unit">Of the score, in UCUM: <c>%</c>, <c>d</c>, <c>h/wk</c> or <c>1</c>; null where there is none.</param>
public sealed record Outcome(
    TranslatedName Name, decimal? Score, string? Unit, bool IsScoreHidden, IReadOnlyList<OutcomeCount> Counts);

/// <summary>A count as it is shown; null when it is hidden.</summary>
public sealed record OutcomeCount(TranslatedName Name, int? Count);

/// <summary>Makes what is shown of what was counted, small groups hidden. Pure.</summary>
internal sealed class OutcomePolicy(OutcomeFacts facts, IpsRules rules)
{
    private readonly int least = rules.LeastGroup;

    public IReadOnlyList<Outcome> Show()
    {
        var worked = Share(Worked, Clients, AtWork, NotAtWork, facts.OutOfWork.Served, facts.OutOfWork.Worked);
        return
        [
            worked,
            Share(Retention, Clients, AtWork, NotAtWork, facts.Retention.Served, facts.Retention.Worked),
            .. WouldTell().Select(one => worked.IsScoreHidden ? Hidden(one) : one),
            Number(Hours, Statistics.Median(facts.HoursAWeek), "h/wk", facts.Jobs.People),
            Number(FirstContact, Statistics.Median(facts.DaysToFirstContact), "d", facts.DaysToFirstContact.Count,
                Clients),
            Number(FirstJob, Statistics.Median(facts.DaysToFirstJob), "d", facts.DaysToFirstJob.Count,
                worked.IsScoreHidden ? null : Clients),
            new(Education, null, null, false, [new(Clients, EducationStarts())]),
            .. OwnView.Questions.Zip(facts.Views).SelectMany(one => new[]
            {
                Number(View(one.First), Statistics.Mean(one.Second.Scores), "1", one.Second.Scores.Count, Answers),
                Number(Change(one.First), Statistics.Mean(one.Second.Changes), "1", one.Second.Changes.Count, Answers),
            }),
        ];
    }

    // Whoever has such a job works: these would tell how many do where that is hidden.
    private IEnumerable<Outcome> WouldTell() =>
    [
        JobsOfAll(),
        .. facts.Kept.Select(one => Kept(one.Weeks, one.Kept, one.Lost)),
        Share(Steady, Clients, SteadyClients, OtherClients, facts.Steady.Clients, facts.Steady.Steady),
        EndsByReason(),
    ];

    private static Outcome Hidden(Outcome one) => new(one.Name, null, one.Unit, one.Unit is not null,
        [.. one.Counts.Select(count => count with { Count = null })]);

    private Outcome Share(
        TranslatedName name, TranslatedName all, TranslatedName part, TranslatedName rest, int whole, int some) =>
        Share(name, all, part, rest,
            new Tally(whole, whole), new Tally(some, some), new Tally(whole - some, whole - some));

    private Outcome JobsOfAll()
    {
        var share = Share(
            Jobs, JobsOfQuarter, JobStarts, JobsFromBefore, facts.Jobs, facts.JobStarts, facts.JobsFromBefore);
        return new Outcome(Jobs, null, null, false, share.Counts);
    }

    // At least so many people are behind both.
    private Outcome Kept(int weeks, Tally kept, Tally lost) => Share(OutcomeNames.Kept(weeks), JobsOfQuarter, KeptJobs,
        LostJobs, new Tally(kept.Count + lost.Count, Math.Max(kept.People, lost.People)), kept, lost);

    private Outcome Share(
        TranslatedName name, TranslatedName all, TranslatedName part, TranslatedName rest, Tally whole, Tally some,
        Tally others)
    {
        var shown = SmallGroups.Show([some.People, others.People], whole.People, least);
        return new Outcome(
            name, shown.Parts.Contains(false) || whole.Count == 0 ? null : Round(100m * some.Count / whole.Count), "%",
            shown.Parts.Contains(false),
            [
                new(all, shown.Whole ? whole.Count : null), new(part, shown.Parts[0] ? some.Count : null),
                new(rest, shown.Parts[1] ? others.Count : null),
            ]);
    }

    private Outcome EndsByReason()
    {
        var reasons = rules.JobEndReasons.Select(reason => (Name: reason,
            facts.Ends.FirstOrDefault(one => one.Reason == reason.Code).Jobs)).ToList();
        reasons.AddRange(facts.Ends.Where(one => rules.JobEndReasons.All(known => known.Code != one.Reason))
            .Select(one => (new TranslatedName(one.Reason, one.Reason, one.Reason, one.Reason), one.Jobs)));
        var shown = SmallGroups.Show(
            [.. reasons.Select(reason => reason.Jobs.People)], facts.PeopleOfEnds, least);
        return new Outcome(Ends, null, null, false,
        [
            new(AllEnds, shown.Whole ? reasons.Sum(reason => reason.Jobs.Count) : null),
            .. reasons.Select((reason, i) => new OutcomeCount(reason.Name, shown.Parts[i] ? reason.Jobs.Count : null)),
        ]);
    }

    // Without a count of its own where another outcome would tell it or hides it.
    private Outcome Number(TranslatedName name, decimal? score, string unit, int people, TranslatedName? counted = null)
    {
        var isSmall = SmallGroups.IsSmall(people, least);
        return new Outcome(name, isSmall || score is null ? null : Round(score.Value), unit, isSmall,
            counted is null ? [] : [new(counted, Shown(people, people))]);
    }

    // All clients, at work at entry or not.
    private int? EducationStarts()
    {
        var served = facts.OutOfWork.Served + facts.Retention.Served;
        var shown = SmallGroups.Show([facts.EducationStarts, served - facts.EducationStarts], served, least);
        return shown.Parts[0] ? facts.EducationStarts : null;
    }

    private int? Shown(int count, int people) => SmallGroups.IsSmall(people, least) ? null : count;

    private static decimal Round(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
