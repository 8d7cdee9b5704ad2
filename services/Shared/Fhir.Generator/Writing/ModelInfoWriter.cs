using Fhir.Generator.Specification;

namespace Fhir.Generator.Writing;

internal static class ModelInfoWriter
{
    public static string Write(ModelSpecification model)
    {
        var code = new CodeText();
        var resources = model.Types.Where(t => t.IsResource).ToArray();
        code.Open("public static partial class ModelInfo");
        code.Line("private static readonly string[] Modelled =").Line("[");
        foreach (var r in resources) code.Line($"    \"{r.Name}\",");
        code.Line("];").Line();
        code.Line("private static readonly HashSet<string> AllOfR4 = new(StringComparer.Ordinal)").Line("{");
        foreach (var name in model.AllResourceNames) code.Line($"    \"{name}\",");
        code.Line("};").Line();

        code.Summary("A new resource of a modelled type, or null.")
            .Open("public static Resource? Create(string type) => type switch");
        foreach (var r in resources) code.Line($"\"{r.Name}\" => new {r.Classes[0].Name}(),");
        code.Line("_ => null,").Close("};").Line();

        code.Open("private static TypeDef? Find(string name) => name switch");
        foreach (var type in model.Types)
        {
            var root = type.Classes[0].Name;
            foreach (var c in type.Classes)
                code.Line($"\"{c.FhirName}\" => {(c.Name == root ? root : root + "." + c.Name)}.Def,");
        }
        foreach (var (name, (c, _)) in Names.Primitives) code.Line($"\"{name}\" => {c}.Def,");
        foreach (var name in Names.Bases.Keys) code.Line($"\"{name}\" => {name}.Def,");
        code.Line("_ => null,").Close("};");
        return code.Close().ToString();
    }
}
