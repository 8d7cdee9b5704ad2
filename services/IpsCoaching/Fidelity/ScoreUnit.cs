using IpsCoaching.Cases;
using IpsCoaching.Figures;

namespace IpsCoaching.Fidelity;

/// <summary>An item with what is computed and what was entered; both stay visible.</summary>
public sealed record ScoredItem(FidelityItem Item, EnteredScore? Entered)
{
    /// <summary>The reviewer's score or else the computed one; a proposal counts once a reviewer has entered it.</summary>
    public int? Score => Entered?.Score ?? (Item.Basis == FidelityBasis.Computed ? Item.Score : null);
}

/// <summary>What a reviewer gave to one item.</summary>
public sealed record EnteredScore(int Score, string Rationale, string Reviewer, DateOnly Day);

/// <summary>The fidelity of a unit in a period.</summary>
/// <param name="Band">Null while not every item has a score.</param>
public sealed record FidelityScore(DateOnly From, DateOnly To, IReadOnlyList<ScoredItem> Items, FidelityBand? Band)
{
    public int Scored => Items.Count(item => item.Score is not null);

    /// <summary>The sum of the scores that there are.</summary>
    public int Sum => Items.Sum(item => item.Score ?? 0);

    /// <summary>The total; null while not every item has a score.</summary>
    public int? Total => Scored == Items.Count ? Sum : null;
}

/// <summary>A period that was reviewed, the day of its newest review and what came out.</summary>
public sealed record PastReview(FidelityScore Score, DateOnly Day, IReadOnlyList<string> Reviewers);

/// <summary>Scores a unit from its record and its reviews. Pure.</summary>
internal sealed class ScoreUnit(UnitRecord unit, IReadOnlyList<FidelityReview> reviews)
{
    /// <summary>
    /// The scores of a period. A review belongs to it when the period that was reviewed ends within it; of several
    /// scores for one item the newest counts.
    /// </summary>
    public FidelityScore Of(DateOnly from, DateOnly to) => Score(from, to, review => from <= review.To && review.To <= to);

    /// <summary>All periods that were reviewed, the newest first.</summary>
    public IReadOnlyList<PastReview> History() =>
        [.. reviews.GroupBy(review => (review.From, review.To)).Select(same => new PastReview(
            Score(same.Key.From, same.Key.To, review => (review.From, review.To) == same.Key),
            same.Max(review => review.Day), [.. same.Select(review => review.Reviewer).Distinct()]))];

    /// <summary>When the next review is due; null for a unit without cases.</summary>
    public DateOnly? Due(IReadOnlyList<PastReview> history, ReviewCycle cycle)
    {
        if (history.Where(past => past.Score.Total is not null).MaxBy(past => past.Day) is { } last)
            return last.Day.AddMonths(last.Score.Total >= cycle.Good ? cycle.MonthsFrom : cycle.MonthsBelow);
        var starts = unit.Cases.Where(one => !one.IsRefused).Select(one => one.Start).ToList();
        return starts.Count == 0 ? null : starts.Min().AddMonths(cycle.MonthsBelow);
    }

    private FidelityScore Score(DateOnly from, DateOnly to, Func<FidelityReview, bool> belongs)
    {
        var rules = IpsRules.InForceOn(to);
        var facts = new CountFidelityFacts(unit, from, to, rules.Fidelity).Count();
        var own = reviews.Where(belongs).ToList();
        var score = new FidelityScore(from, to,
            [.. FidelityPolicy.Score(facts, rules.Fidelity, rules.RefusalReasons)
                .Select(item => new ScoredItem(item, Entered(item.Number.Code, own)))], null);
        return score with { Band = rules.FidelityBands.FirstOrDefault(band => score.Total >= band.AtLeast) };
    }

    private static EnteredScore? Entered(string item, IEnumerable<FidelityReview> newestFirst) =>
        (from review in newestFirst
         from entry in review.Entries
         where entry.Item == item
         select new EnteredScore(entry.Score, entry.Rationale, review.Reviewer, review.Day)).FirstOrDefault();
}
