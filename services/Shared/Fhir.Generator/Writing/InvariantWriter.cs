using Fhir.Generator.Specification;

namespace Fhir.Generator.Writing;

internal static class InvariantWriter
{
    public static string Write(IReadOnlyList<InvariantSpecification> invariants)
    {
        var code = new CodeText();
        // A class of its own: the table is made when somebody asks for it, not with the first resource.
        code.Open("internal static class InvariantTable")
            .Line("public static readonly Invariant[] All =").Line("[");
        foreach (var (path, rule) in invariants)
            code.Line($"    new({CodeText.Literal(path)}, {CodeText.Literal(rule.Key)}, "
                + $"IssueSeverity.{Names.Pascal(rule.Severity)}, {CodeText.Literal(rule.Human)}, "
                + $"{CodeText.Literal(rule.Expression)}),");
        return code.Line("];").Close().ToString();
    }
}
