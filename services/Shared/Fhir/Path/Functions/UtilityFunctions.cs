using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#utility-functions and what later ballots add for precision.</summary>
internal static class UtilityFunctions
{
    public static readonly Function[] All =
    [
        new("trace", 1, 2, Trace),
        new("now", 0, 0, (in Frame frame, Items _, Node[] _) => Now(frame, PathDateKind.DateTime)),
        new("today", 0, 0, (in Frame frame, Items _, Node[] _) => Now(frame, PathDateKind.Date)),
        new("timeOfDay", 0, 0, (in Frame frame, Items _, Node[] _) => Now(frame, PathDateKind.Time)),
        new("type", 0, 0, Types),
        new("lowBoundary", 0, 1, (in Frame frame, Items input, Node[] a) => Boundary(frame, input, a, high: false)),
        new("highBoundary", 0, 1, (in Frame frame, Items input, Node[] a) => Boundary(frame, input, a, high: true)),
        new("precision", 0, 0, (in Frame _, Items input, Node[] _) =>
            Singleton.Value(input) is { } value ? Items.One(Boundaries.Precision(value)) : default),
        new("comparable", 1, 1, Comparable),
    ];

    private static Items Trace(in Frame frame, Items input, Node[] arguments)
    {
        if (frame.Run.Trace is not { } trace) return input;
        var shown = arguments.Length == 1 ? input : Shown(frame, input, arguments[1]);
        trace(Singleton.Text(arguments[0].Evaluate(frame)) ?? "", shown.ToArray());
        return input;
    }

    private static Items Shown(in Frame frame, Items input, Node projection)
    {
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++)
            result.Add(projection.Evaluate(new Frame(frame.Run, Items.One(input[i]), i, frame.Total)));
        return result.Build();
    }

    private static Items Now(in Frame frame, PathDateKind kind) => Items.One(PathDate.Of(kind, frame.Run.Now));

    private static Items Types(in Frame frame, Items input, Node[] arguments)
    {
        frame.Run.Step(input.Count);
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++) result.Add(PathType.Of(input[i]));
        return result.Build();
    }

    private static Items Boundary(in Frame frame, Items input, Node[] arguments, bool high)
    {
        if (Singleton.Value(input) is not { } value) return default;
        var precision = arguments.Length == 0 ? null : Singleton.Int(arguments[0].Evaluate(frame));
        return Items.One(Boundaries.Of(value, precision, high));
    }

    private static Items Comparable(in Frame frame, Items input, Node[] arguments)
    {
        if (PathQuantity.From(Singleton.Value(input)) is not { } a) return default;
        if (PathQuantity.From(Singleton.Value(arguments[0].Evaluate(frame))) is not { } b) return default;
        return Items.Of(QuantityOrder.AreComparable(a, b));
    }
}
