using System.Globalization;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>Who is counted where: dimensions with their values, and a cell for each value in each place.</summary>
internal sealed class Demand
{
    public const string Level = "care-level", Method = "method", Start = "start", Month = "month";
    public const string Unknown = "unknown", LeftToUnit = "left-to-the-unit";

    /// <summary>When care would begin.</summary>
    public const string AtOnce = "at-once", Waits = "waits", BeyondLimit = "waits-beyond-limit",
        NoUnit = "no-unit-known";

    private static readonly CarePlace[] Places = Enum.GetValues<CarePlace>();
    private static readonly string[] Starts = [AtOnce, Waits, BeyondLimit, NoUnit];
    private static readonly string[] Levels =
        [.. Enum.GetValues<CareLevel>().Select(level => level.Code()), Unknown];

    private readonly Dictionary<string, int> methods;
    private readonly int[] cells;
    private readonly int width;
    private readonly int[] starts;

    public Demand(Scenario scenario)
    {
        Scenario = scenario;
        Dimensions =
        [
            (Level, Levels),
            (Method, [.. scenario.Methods, LeftToUnit]),
            (Start, Starts),
            (Month, [.. Enumerable.Range(0, scenario.Months).Select(month =>
                scenario.From.AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture))]),
        ];
        methods = scenario.Methods.Select((code, i) => (code, i)).ToDictionary(
            pair => pair.code, pair => pair.i, StringComparer.Ordinal);
        starts = new int[Dimensions.Count];
        width = 1;
        for (var i = 0; i < Dimensions.Count; i++)
            (starts[i], width) = (width, width + Dimensions[i].Values.Count);
        cells = new int[scenario.Alternatives.Count * Places.Length * width];
    }

    public Scenario Scenario { get; }

    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Dimensions { get; }

    public static IReadOnlyList<CarePlace> AllPlaces => Places;

    public void Add(int alternative, PlacementDecision decision)
    {
        var row = Row(alternative, decision.Place);
        row[0]++;
        row[starts[0] + (decision.Need.Level is { } level ? (int)level - 1 : Levels.Length - 1)]++;
        row[starts[1] + (decision.Chosen.Method is { } method ? methods[method] : methods.Count)]++;
        row[starts[2] + StartOf(decision.Chosen)]++;
        row[starts[3] + Scenario.MonthOf(decision.Facts.AsOf)]++;
    }

    /// <summary>How many an alternative places there.</summary>
    public int Of(int alternative, CarePlace place) => Row(alternative, place)[0];

    /// <summary>How many of them have a value of a dimension, both by their number.</summary>
    public int Of(int alternative, CarePlace place, int dimension, int value) =>
        Row(alternative, place)[starts[dimension] + value];

    private Span<int> Row(int alternative, CarePlace place) =>
        cells.AsSpan(((alternative * Places.Length) + (int)place) * width, width);

    private static int StartOf(CareOption chosen) => chosen switch
    {
        { Unit: null } => 3,
        { ExpectedStart: null } => 0,
        { Exceeds: null } => 1,
        _ => 2,
    };
}
