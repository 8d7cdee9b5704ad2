using OccupationalHealth.Outcomes;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>A figure of the demand.</summary>
/// <param name="Place">Null for all places.</param>
/// <param name="Dimension">Empty for all values; <paramref name="Value"/> then too.</param>
/// <param name="Count">Null where it is not told.</param>
internal sealed record DemandFigure(int Alternative, CarePlace? Place, string Dimension, string Value, int? Count);

/// <summary>
/// The demand as it may be told: no group below the smallest, and none that is found by taking others from their sum, nor
/// in another alternative that counts the same people the same way.
/// </summary>
internal static class DemandTable
{
    private readonly record struct Cell(int Alternative, int Place, int Dimension, int Value);

    private const int All = -1;

    public static IReadOnlyList<DemandFigure> Of(Demand demand, int smallest)
    {
        var (counts, sums) = (new Dictionary<Cell, int>(), new List<(Cell, IReadOnlyList<Cell>)>());
        for (var i = 0; i < demand.Scenario.Alternatives.Count; i++)
        {
            Count(demand, i, counts);
            sums.AddRange(Sums(demand, i));
        }

        sums.AddRange(SameElsewhere(counts));
        var hidden = SmallGroups.Hidden(counts, sums, smallest);
        return [.. counts.Select(cell => new DemandFigure(
            cell.Key.Alternative,
            cell.Key.Place == All ? null : (CarePlace)cell.Key.Place,
            cell.Key.Dimension == All ? "" : demand.Dimensions[cell.Key.Dimension].Name,
            cell.Key.Dimension == All ? "" : demand.Dimensions[cell.Key.Dimension].Values[cell.Key.Value],
            hidden.Contains(cell.Key) ? null : cell.Value))];
    }

    private static IEnumerable<(int Dimension, int Value)> Values(Demand demand) => demand.Dimensions
        .SelectMany((dimension, i) => Enumerable.Range(0, dimension.Values.Count).Select(value => (i, value)));

    private static void Count(Demand demand, int alternative, Dictionary<Cell, int> counts)
    {
        var places = Demand.AllPlaces;
        counts[new(alternative, All, All, All)] = places.Sum(place => demand.Of(alternative, place));
        foreach (var (dimension, value) in Values(demand))
            counts[new(alternative, All, dimension, value)] =
                places.Sum(place => demand.Of(alternative, place, dimension, value));
        foreach (var place in places)
        {
            counts[new(alternative, (int)place, All, All)] = demand.Of(alternative, place);
            foreach (var (dimension, value) in Values(demand))
                counts[new(alternative, (int)place, dimension, value)] =
                    demand.Of(alternative, place, dimension, value);
        }
    }

    // Over the values of each dimension in each place, and over the places of each value.
    private static IEnumerable<(Cell, IReadOnlyList<Cell>)> Sums(Demand demand, int alternative)
    {
        foreach (var place in Demand.AllPlaces.Select(place => (int)place).Prepend(All))
            for (var dimension = 0; dimension < demand.Dimensions.Count; dimension++)
                yield return (new(alternative, place, All, All),
                [
                    .. Enumerable.Range(0, demand.Dimensions[dimension].Values.Count)
                        .Select(value => new Cell(alternative, place, dimension, value)),
                ]);
        foreach (var (dimension, value) in Values(demand).Prepend((All, All)))
            yield return (new(alternative, All, dimension, value),
                [.. Demand.AllPlaces.Select(place => new Cell(alternative, (int)place, dimension, value))]);
    }

    // What is hidden in one is hidden in the other: each is the only part of the other.
    private static IEnumerable<(Cell, IReadOnlyList<Cell>)> SameElsewhere(Dictionary<Cell, int> counts)
    {
        foreach (var same in counts.Where(cell => cell.Value > 0)
            .GroupBy(cell => (cell.Key with { Alternative = 0 }, cell.Value)))
        {
            List<Cell> cells = [.. same.Select(cell => cell.Key)];
            for (var i = 1; i < cells.Count; i++)
            {
                yield return (cells[i - 1], [cells[i]]);
                yield return (cells[i], [cells[i - 1]]);
            }
        }
    }
}
