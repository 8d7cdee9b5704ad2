using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#existence</summary>
internal static class ExistenceFunctions
{
    public static readonly Function[] All =
    [
        new("empty", 0, 0, (in Frame _, Items input, Node[] _) => Items.Of(input.IsEmpty)),
        new("exists", 0, 1, Exists),
        new("all", 1, 1, (in Frame frame, Items input, Node[] a) => Items.Of(EachIs(frame, input, a[0], true))),
        new("allTrue", 0, 0, (in Frame _, Items input, Node[] _) => Items.Of(!Has(input, false))),
        new("anyTrue", 0, 0, (in Frame _, Items input, Node[] _) => Items.Of(Has(input, true))),
        new("allFalse", 0, 0, (in Frame _, Items input, Node[] _) => Items.Of(!Has(input, true))),
        new("anyFalse", 0, 0, (in Frame _, Items input, Node[] _) => Items.Of(Has(input, false))),
        new("count", 0, 0, (in Frame _, Items input, Node[] _) => Items.One(input.Count)),
        new("not", 0, 0, (in Frame _, Items input, Node[] _) => Items.Of(!Singleton.Bool(input))),
        new("distinct", 0, 0, (in Frame frame, Items input, Node[] _) => Sets.Distinct(frame.Run, input)),
        new("isDistinct", 0, 0, IsDistinct),
        new("subsetOf", 1, 1, (in Frame frame, Items input, Node[] a) =>
            Items.Of(Sets.IsSubset(frame.Run, input, a[0].Evaluate(frame)))),
        new("supersetOf", 1, 1, (in Frame frame, Items input, Node[] a) =>
            Items.Of(Sets.IsSubset(frame.Run, a[0].Evaluate(frame), input))),
    ];

    private static Items Exists(in Frame frame, Items input, Node[] arguments)
    {
        if (arguments.Length == 0) return Items.Of(!input.IsEmpty);
        for (var i = 0; i < input.Count; i++)
        {
            if (FilterFunctions.Criterion(frame, arguments[0], input[i], i) == true) return Items.True;
        }
        return Items.False;
    }

    private static bool EachIs(in Frame frame, Items input, Node criterion, bool wanted)
    {
        for (var i = 0; i < input.Count; i++)
        {
            if (FilterFunctions.Criterion(frame, criterion, input[i], i) != wanted) return false;
        }
        return true;
    }

    private static bool Has(Items input, bool wanted)
    {
        var found = false;
        for (var i = 0; i < input.Count; i++)
        {
            var value = SystemValue.Of(input[i]);
            if (value is not (bool or null)) throw new FhirPathException("Only booleans can be all or any true.");
            found |= value is bool known && known == wanted;
        }
        return found;
    }

    private static Items IsDistinct(in Frame frame, Items input, Node[] arguments)
    {
        if (input.Count <= 1) return Items.True;
        var seen = new DistinctBuilder(frame.Run);
        for (var i = 0; i < input.Count; i++)
        {
            if (!seen.Add(input[i])) return Items.False;
        }
        return Items.True;
    }
}
