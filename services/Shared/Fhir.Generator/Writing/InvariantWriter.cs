using Fhir.Generator.Specification;

namespace Fhir.Generator.Writing;

internal static class InvariantWriter
{
    public static string Write(IReadOnlyList<InvariantSpecification> invariants)
    {
        var code = new CodeText();
        code.Open("public static partial class ModelInfo")
            .Summary("R4's invariants of the modelled types, each at the path of its element.")
            .Line("public static IReadOnlyList<Invariant> Invariants { get; } =").Line("[");
        foreach (var (path, rule) in invariants)
            code.Line($"    new({CodeText.Literal(path)}, {CodeText.Literal(rule.Key)}, "
                + $"IssueSeverity.{Names.Pascal(rule.Severity)}, {CodeText.Literal(rule.Human)}, "
                + $"{CodeText.Literal(rule.Expression)}),");
        return code.Line("];").Close().ToString();
    }
}
