using System.Globalization;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Outcomes;

/// <summary>The figures of all episodes or of a part of them. A count that is not told is null.</summary>
/// <param name="Dimension">region, method or period; empty for all.</param>
public sealed record Stratum(
    string Dimension, string Value, IReadOnlyDictionary<string, int?> Counts, decimal? MeanStart, decimal? MeanEnd)
{
    /// <summary>Percent of the figure's base; null where either is not told or nobody is there.</summary>
    public decimal? ShareOf(Figure figure) =>
        figure.Base is { } whole && Counts[figure.Code] is { } part && Counts[whole] is { } all and > 0
            ? decimal.Round(100m * part / all, 1) : null;
}

/// <summary>Counts what episodes came to. Pure: the facts are read once.</summary>
public static class OutcomePolicy
{
    public const string Region = "region", Method = "method", Quarter = "period", Unknown = "unknown";

    private static readonly (string Name, Func<EpisodeFact, string> Of)[] Dimensions =
    [
        (Region, fact => fact.Region ?? Unknown),
        (Method, fact => fact.Method),
        (Quarter, fact => string.Create(
            CultureInfo.InvariantCulture, $"{fact.EndedOn.Year}-Q{(fact.EndedOn.Month + 2) / 3}")),
    ];

    /// <summary>The first is of all episodes, the others of each dimension's values in order.</summary>
    /// <param name="hidden">Figures of all that a report of more episodes does not tell.</param>
    public static IReadOnlyList<Stratum> Count(
        IReadOnlyList<EpisodeFact> facts, ChangeLimits limits, int smallest, IEnumerable<string>? hidden = null)
    {
        List<(string Dimension, string Value, List<EpisodeFact> Facts)> strata = [("", "", [.. facts])];
        foreach (var (name, of) in Dimensions)
            strata.AddRange(facts.GroupBy(of).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (name, group.Key, group.ToList())));

        var counts = new Dictionary<(int Stratum, string Figure), int>();
        for (var i = 0; i < strata.Count; i++)
            foreach (var (figure, count) in CountsOf(strata[i].Facts, limits))
                counts[(i, figure)] = count;
        var untold = SmallGroups.Hidden(
            counts, Sums([.. strata.Select(stratum => stratum.Dimension)]), smallest,
            hidden?.Select(figure => (0, figure)));
        return [.. strata.Select((stratum, i) => Make(stratum, figure =>
            untold.Contains((i, figure)) ? null : counts[(i, figure)]))];
    }

    // Within each stratum, and over the strata of each dimension.
    private static List<((int, string), IReadOnlyList<(int, string)>)> Sums(IReadOnlyList<string> dimensions)
    {
        List<((int, string), IReadOnlyList<(int, string)>)> sums = [];
        for (var i = 0; i < dimensions.Count; i++)
        {
            var stratum = i;
            sums.AddRange(Figures.Sums.Select(sum => (
                (stratum, sum.Whole), (IReadOnlyList<(int, string)>)[.. sum.Parts.Select(part => (stratum, part))])));
            // No sum, but the visits of a hidden group are hidden with it.
            sums.Add(((stratum, Figures.Episodes), [(stratum, Figures.Visits)]));
        }

        foreach (var (name, _) in Dimensions)
        {
            var strata = Enumerable.Range(0, dimensions.Count).Where(i => dimensions[i] == name).ToList();
            if (strata.Count > 0)
                sums.AddRange(Figures.All.Select(figure => (
                    (0, figure.Code), (IReadOnlyList<(int, string)>)[.. strata.Select(i => (i, figure.Code))])));
        }

        return sums;
    }

    private static Stratum Make(
        (string Dimension, string Value, List<EpisodeFact> Facts) stratum, Func<string, int?> told)
    {
        var measured = stratum.Facts.Where(IsMeasured).ToList();
        var isTold = told(Figures.Measured) > 0;
        return new Stratum(
            stratum.Dimension, stratum.Value,
            Figures.All.ToDictionary(figure => figure.Code, figure => told(figure.Code), StringComparer.Ordinal),
            isTold ? decimal.Round(measured.Average(fact => fact.Start!.Value), 2) : null,
            isTold ? decimal.Round(measured.Average(fact => fact.End!.Value), 2) : null);
    }

    private static Dictionary<string, int> CountsOf(List<EpisodeFact> facts, ChangeLimits limits)
    {
        var counts = Figures.All.ToDictionary(figure => figure.Code, _ => 0, StringComparer.Ordinal);
        foreach (var figure in facts.SelectMany(fact => FiguresOf(fact, limits)))
            counts[figure]++;
        counts[Figures.Visits] = facts.Sum(fact => fact.Visits);
        counts[Figures.Coded] = facts.Sum(fact => fact.CodedVisits);
        counts[Figures.NotCoded] = counts[Figures.Visits] - counts[Figures.Coded];
        return counts;
    }

    private static bool IsMeasured(EpisodeFact fact) => fact is { Start: not null, End: not null };

    private static IEnumerable<string> FiguresOf(EpisodeFact fact, ChangeLimits limits)
    {
        yield return Figures.Episodes;
        yield return fact.Interrupted ? Figures.Interrupted : Figures.Completed;
        if (fact.Followed is WhatFollowed.NoFurtherCare or WhatFollowed.FewFollowUps)
            yield return Figures.LittleOrNone;
        yield return fact.Followed is { } followed ? followed.Code() : Figures.NotTold;
        if (fact is not { Start: { } start, End: { } end })
        {
            yield return Figures.NotMeasured;
            yield break;
        }

        yield return Figures.Measured;
        foreach (var figure in start >= limits.CaseFrom ? OfCase(start, end, limits) : [Figures.NoCases])
            yield return figure;
        yield return end > start ? Figures.Risen : Figures.NotRisen;
        if (end > start)
            yield return end - start >= limits.ReliableChange ? Figures.ReliablyRisen : Figures.SlightlyRisen;
    }

    private static IEnumerable<string> OfCase(decimal start, decimal end, ChangeLimits limits)
    {
        var responded = start - end >= start * limits.ResponseShare;
        var reliably = start - end >= limits.ReliableChange;
        return end < limits.RemissionBelow ? [Figures.Cases, Figures.Remission]
            : responded ? [Figures.Cases, Figures.Improved, Figures.Responded]
            : reliably ? [Figures.Cases, Figures.Improved, Figures.ReliablyImproved]
            : [Figures.Cases, Figures.NotImproved];
    }
}
