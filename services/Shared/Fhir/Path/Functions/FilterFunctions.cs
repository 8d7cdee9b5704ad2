using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>
/// http://hl7.org/fhirpath/N1/#filtering-and-projection, #subsetting, #tree-navigation and #aggregates
/// </summary>
internal static class FilterFunctions
{
    public static readonly Function[] All =
    [
        new("where", 1, 1, Where),
        new("select", 1, 1, Select),
        new("repeat", 1, 1, Repeat),
        new("aggregate", 1, 2, Aggregate),
        new("sort", 0, int.MaxValue, Sorting.Sort),
        new("single", 0, 0, (in Frame _, Items input, Node[] _) => Items.One(Singleton.One(input))),
        new("first", 0, 0, (in Frame _, Items input, Node[] _) => input.Slice(0, 1)),
        new("last", 0, 0, (in Frame _, Items input, Node[] _) => input.Slice(Math.Max(0, input.Count - 1), 1)),
        new("tail", 0, 0, (in Frame _, Items input, Node[] _) => input.Slice(1, input.Count)),
        new("skip", 1, 1, (in Frame frame, Items input, Node[] a) =>
            input.Slice(Math.Max(0, Number(frame, a[0])), input.Count)),
        new("take", 1, 1, (in Frame frame, Items input, Node[] a) => input.Slice(0, Number(frame, a[0]))),
        new("children", 0, 0, Children),
        new("descendants", 0, 0, Descendants),
    ];

    /// <summary>The criterion with an item as `$this`.</summary>
    public static bool? Criterion(in Frame frame, Node criterion, object item, int index)
    {
        frame.Run.Step();
        return Singleton.Bool(criterion.Evaluate(new Frame(frame.Run, Items.One(item), index, frame.Total)));
    }

    private static int Number(in Frame frame, Node argument) => Singleton.Int(argument.Evaluate(frame))
        ?? throw new FhirPathException("An integer is needed here.");

    private static Items Where(in Frame frame, Items input, Node[] arguments)
    {
        if (input.Count <= 1)
            return input.IsEmpty || Criterion(frame, arguments[0], input[0], 0) == true ? input : default;
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++)
        {
            if (Criterion(frame, arguments[0], input[i], i) == true) result.Add(input[i]);
        }
        return result.Build();
    }

    private static Items Select(in Frame frame, Items input, Node[] arguments)
    {
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++)
        {
            frame.Run.Step();
            result.Add(arguments[0].Evaluate(new Frame(frame.Run, Items.One(input[i]), i, frame.Total)));
        }
        frame.Run.Step(result.Count);
        return result.Build();
    }

    // What was found before is not followed again, so a cycle ends.
    private static Items Repeat(in Frame frame, Items input, Node[] arguments)
    {
        var found = new DistinctBuilder(frame.Run);
        var waiting = new Queue<object>(input.ToArray());
        while (waiting.TryDequeue(out var item))
        {
            var next = arguments[0].Evaluate(frame.With(Items.One(item)));
            for (var i = 0; i < next.Count; i++)
            {
                if (found.Add(next[i])) waiting.Enqueue(next[i]);
            }
        }
        return found.Build();
    }

    private static Items Aggregate(in Frame frame, Items input, Node[] arguments)
    {
        var total = arguments.Length > 1 ? arguments[1].Evaluate(frame) : default;
        for (var i = 0; i < input.Count; i++)
        {
            total = arguments[0].Evaluate(new Frame(frame.Run, Items.One(input[i]), i, total));
            frame.Run.Step(1 + total.Count);
        }
        return total;
    }

    private static Items Children(in Frame frame, Items input, Node[] arguments)
    {
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++) Tree.AddChildren(frame.Run, input[i], ref result);
        return result.Build();
    }

    private static Items Descendants(in Frame frame, Items input, Node[] arguments)
    {
        if (input.Count == 1 && input[0] is Resource resource && resource == frame.Run.Resource)
            return frame.Run.Descendants(resource);
        var result = new ItemsBuilder();
        for (var i = 0; i < input.Count; i++) Tree.AddDescendants(frame.Run, input[i], ref result);
        return result.Build();
    }
}
