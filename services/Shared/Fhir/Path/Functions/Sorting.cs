using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>`sort(key, -key …)`, a minus or `desc` for descending; empty keys come first either way.</summary>
internal static class Sorting
{
    public static Items Sort(in Frame frame, Items input, Node[] keys)
    {
        if (input.Count <= 1) return input;
        var rows = new List<Row>(input.Count);
        for (var i = 0; i < input.Count; i++)
        {
            var inner = new Frame(frame.Run, Items.One(input[i]), i, frame.Total);
            var values = new object?[Math.Max(1, keys.Length)];
            if (keys.Length == 0) values[0] = SystemValue.Of(input[i]);
            for (var k = 0; k < keys.Length; k++) values[k] = Singleton.Value(Key(keys[k]).Evaluate(inner));
            rows.Add(new(input[i], values));
        }
        var descends = Array.ConvertAll(keys, k => k is PolarityNode { Negates: true });
        var run = frame.Run;
        // OrderBy is stable, as sort must be.
        var sorted = rows.Order(Comparer<Row>.Create((a, b) => Compare(run, a, b, descends)));
        return Items.Of(sorted.Select(r => r.Item).ToList());
    }

    // The sign of a key is its direction, so that texts can be sorted downwards as well.
    private static Node Key(Node key) => key is PolarityNode { Negates: true } minus ? minus.Operand : key;

    private static int Compare(Run run, Row a, Row b, bool[] descends)
    {
        run.Step();
        for (var k = 0; k < a.Keys.Length; k++)
        {
            if (a.Keys[k] is not { } x || b.Keys[k] is not { } y)
            {
                if (ReferenceEquals(a.Keys[k], b.Keys[k])) continue;
                return a.Keys[k] is null ? -1 : 1;
            }
            var order = Ordering.Compare(x, y) ?? 0;
            if (order != 0) return k < descends.Length && descends[k] ? -order : order;
        }
        return 0;
    }

    private sealed record Row(object Item, object?[] Keys);
}
