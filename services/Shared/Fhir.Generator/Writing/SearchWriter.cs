using Fhir.Generator.Specification;

namespace Fhir.Generator.Writing;

internal static class SearchWriter
{
    public static string Write(IReadOnlyList<SearchSpecification> searches)
    {
        var code = new CodeText();
        // A class of its own: the table is made when somebody asks for it, not with the first resource.
        code.Open("internal static class SearchParameterTable")
            .Line("public static readonly SearchParameterInfo[] All =").Line("[");
        foreach (var (type, definition, expression) in searches)
        {
            // HL7 spells "any resource" out as nearly all 148 types.
            var named = definition.Targets is { Count: < 100 } some ? some : [];
            var targets = string.Join(", ", named.Select(CodeText.Literal));
            var components = definition.Components is null ? "" : ", [" + string.Join(", ", definition.Components
                .Select(c => $"new({CodeText.Literal(c.Definition)}, {CodeText.Literal(c.Expression)})")) + "]";
            code.Line($"    new({CodeText.Literal(type)}, {CodeText.Literal(definition.Code)}, "
                + $"SearchParamType.{Names.Pascal(definition.Type)}, {CodeText.Literal(expression)}, "
                + $"[{targets}], {CodeText.Literal(definition.Url)}{components}),");
        }
        return code.Line("];").Close().ToString();
    }
}
