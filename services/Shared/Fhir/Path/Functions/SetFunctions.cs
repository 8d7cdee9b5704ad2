using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#combining</summary>
internal static class SetFunctions
{
    public static readonly Function[] All =
    [
        new("union", 1, 1, (in Frame frame, Items input, Node[] a) =>
            Sets.Union(frame.Run, input, a[0].Evaluate(frame))),
        new("combine", 1, 1, Combine),
        new("intersect", 1, 1, (in Frame frame, Items input, Node[] a) =>
            Sets.Intersect(frame.Run, input, a[0].Evaluate(frame))),
        new("exclude", 1, 1, (in Frame frame, Items input, Node[] a) =>
            Sets.Except(frame.Run, input, a[0].Evaluate(frame))),
    ];

    private static Items Combine(in Frame frame, Items input, Node[] arguments)
    {
        var result = new ItemsBuilder();
        result.Add(input);
        result.Add(arguments[0].Evaluate(frame));
        frame.Run.Step(result.Count);
        return result.Build();
    }
}
