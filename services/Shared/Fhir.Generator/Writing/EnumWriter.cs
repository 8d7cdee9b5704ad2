using Fhir.Generator.Specification;

namespace Fhir.Generator.Writing;

internal static class EnumWriter
{
    public static string WriteEnums(IReadOnlyList<EnumSpecification> enums)
    {
        var code = new CodeText();
        foreach (var e in enums)
        {
            code.Summary($"Codes of {e.ValueSet}").Open($"public enum {e.Name}");
            foreach (var m in e.Members)
                code.Summary(m.Display == m.Code ? m.Code : $"{m.Code}: {m.Display}").Line(m.Name + ",");
            code.Close().Line();
        }
        return code.ToString();
    }

    public static string WriteCodes(IReadOnlyList<EnumSpecification> enums)
    {
        var code = new CodeText();
        code.Summary("The codes that R4's required bindings allow, in the order of the enums.")
            .Open("public static class RequiredCodes");
        foreach (var e in enums)
        {
            code.Summary($"Codes of {e.ValueSet}").Line($"public static readonly CodeList {e.Name} = "
                + $"new(\"{e.Name}\", \"{e.ValueSet}\",").Line("[");
            foreach (var group in Runs(e.Members))
            {
                var literals = string.Join(", ", group.Select(m => CodeText.Literal(m.Code)));
                code.Line($"    (\"{group[0].System}\", [{literals}]),");
            }
            code.Line("]);").Line();
        }
        code.Open("internal static CodeList? Of(Type type)");
        foreach (var e in enums) code.Line($"if (type == typeof({e.Name})) return {e.Name};");
        code.Line("return null;").Close();
        return code.Close().ToString();
    }

    /// <summary>Consecutive codes of one system: the enum's order must survive.</summary>
    private static List<List<EnumMember>> Runs(IReadOnlyList<EnumMember> members)
    {
        var runs = new List<List<EnumMember>>();
        foreach (var m in members)
        {
            if (runs.Count == 0 || runs[^1][0].System != m.System) runs.Add([]);
            runs[^1].Add(m);
        }
        return runs;
    }
}
