using Fhir.Generator.Specification;

namespace Fhir.Generator.Writing;

/// <summary>A type and its nested components: properties, access by ordinal, and the metadata table.</summary>
internal static class ClassWriter
{
    public static string Write(TypeSpecification type)
    {
        var code = new CodeText();
        Class(code, type.Classes[0], [.. type.Classes.Skip(1)]);
        return code.ToString();
    }

    private static void Class(CodeText code, ClassSpecification c, ClassSpecification[] nested)
    {
        code.Summary(c.Summary).Open($"public partial class {c.Name} : {c.Base}");
        foreach (var e in c.Elements) Property(code, e);
        Access(code, c);
        Table(code, c);
        foreach (var n in nested)
        {
            code.Line();
            Class(code, n, []);
        }
        code.Close();
    }

    private static void Property(CodeText code, ElementSpecification e)
    {
        if (e.IsList)
        {
            code.Line().Line($"private List<{e.Item}>? {Field(e)};").Line().Summary(e.Short)
                .Line($"public List<{e.Item}> {e.Holder} {{ get => {Field(e)} ??= []; set => {Field(e)} = value; }}");
            if (e.Native == "string?")
                Values(code, e, "string", "Texts");
            else if (e.Enum is not null && e.Native is not null)
                Values(code, e, e.Enum, "Codes");
            return;
        }
        code.Line();
        if (e.Native is null) code.Summary(e.Short);
        code.Line($"public {e.Item}? {e.Holder} {{ get; set; }}");
        if (e.Native is null) return;
        code.Line().Summary(e.Short).Line($"public {e.Native} {e.Property} {{ get => {e.Holder}?.Value; "
            + $"set => {e.Holder} = value is null ? null : new(value); }}");
    }

    private static void Values(CodeText code, ElementSpecification e, string native, string helper) =>
        code.Line().Summary(e.Short).Line($"public IEnumerable<{native}> {e.Property} "
            + $"{{ get => Primitives.{helper}({Field(e)}); "
            + $"set => {Field(e)} = [.. value.Select(v => new {e.Item}(v))]; }}");

    private static void Access(CodeText code, ClassSpecification c)
    {
        code.Line().Line("/// <inheritdoc/>").Line("public override TypeDef TypeDef => Def;").Line();
        if (c.Elements.Count == 0) return;
        code.Line("/// <inheritdoc/>").Open("public override object? Get(int ordinal) => ordinal switch");
        foreach (var (e, i) in Numbered(c)) code.Line($"{i} => {(e.IsList ? Field(e) : e.Holder)},");
        code.Line("_ => base.Get(ordinal),").Close("};").Line();

        code.Line("/// <inheritdoc/>").Open("public override void Set(int ordinal, object? value)")
            .Open("switch (ordinal)");
        foreach (var (e, i) in Numbered(c))
            code.Line(e.IsList
                ? $"case {i}: {Field(e)} = (List<{e.Item}>?)value; break;"
                : $"case {i}: {e.Holder} = ({e.Item}?)value; break;");
        code.Line("default: base.Set(ordinal, value); break;").Close().Close().Line();

        if (!c.Elements.Any(e => e.IsList)) return;
        code.Line("/// <inheritdoc/>")
            .Open("public override System.Collections.IList Items(int ordinal) => ordinal switch");
        foreach (var (e, i) in Numbered(c).Where(n => n.Element.IsList)) code.Line($"{i} => {e.Holder},");
        code.Line("_ => base.Items(ordinal),").Close("};").Line();
    }

    private static void Table(CodeText code, ClassSpecification c)
    {
        code.Summary($"Elements of `{c.FhirName}`.");
        code.Line($"public static new readonly TypeDef Def = new(\"{c.FhirName}\", {c.Base}.Def, "
            + $"static () => new {c.Name}(),");
        code.Line("[");
        foreach (var e in c.Elements)
        {
            var flags = (e.IsChoice ? "c" : "") + (e.Summary ? "s" : "") + (e.Modifier ? "m" : "");
            var max = e.Max == "*" ? "int.MaxValue" : e.Max;
            var extra = e.Binding is null ? "" : $", \"{e.Binding.Strength}\", \"{e.Binding.ValueSet}\"";
            if (e.Enum is not null) extra += $", RequiredCodes.{e.Enum}";
            if (e.Item.StartsWith("Code<", StringComparison.Ordinal)) extra += $", static () => new {e.Item}()";
            code.Line($"    new(\"{e.Name}\", {e.Min}, {max}, \"{flags}\", \"{e.Types}\"{extra}),");
        }
        code.Line("]);");
    }

    private static IEnumerable<(ElementSpecification Element, int Ordinal)> Numbered(ClassSpecification c) =>
        c.Elements.Select((e, i) => (e, c.FirstOrdinal + i));

    private static string Field(ElementSpecification e) => "_" + e.Name;
}
