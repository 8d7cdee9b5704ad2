using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fhir.Generator.Trimming;

/// <summary>
/// Makes the checked-in profiles of others from their package, which has to allow that (the Finnish base profiles are
/// CC0): the differentials with what can be checked, and the codes; no texts, which nobody here shows.
/// </summary>
public static class ProfileTrimmer
{
    private static readonly string[] OfDefinition =
    [
        "resourceType", "id", "url", "version", "name", "status", "copyright", "fhirVersion", "kind", "abstract",
        "context", "type", "baseDefinition", "derivation",
    ];

    private static readonly string[] OfElement =
    [
        "id", "path", "sliceName", "slicing", "min", "max", "contentReference", "type", "maxLength", "constraint",
        "mustSupport", "binding",
    ];

    private static readonly string[] OfCodes =
    [
        "resourceType", "id", "url", "version", "name", "status", "copyright", "caseSensitive", "content",
        "hierarchyMeaning", "concept", "compose",
    ];

    /// <summary>A Bundle of the definitions of modelled types, sorted by their address.</summary>
    public static string Trim(string folder, IReadOnlySet<string> modelled)
    {
        var resources = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        var entries = resources.Select(resource => Trimmed(resource, modelled)).OfType<JsonObject>()
            .OrderBy(resource => (string?)resource["url"], StringComparer.Ordinal)
            .Select(resource => (JsonNode)new JsonObject { ["resource"] = resource });
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = new JsonArray([.. entries]),
        };
        return bundle.ToJsonString(new JsonSerializerOptions { WriteIndented = true, IndentSize = 1 }) + "\n";
    }

    private static JsonObject? Trimmed(JsonObject resource, IReadOnlySet<string> modelled)
    {
        switch ((string?)resource["resourceType"])
        {
            case "ValueSet" or "CodeSystem":
                return Only(resource, OfCodes.Contains);
            case "StructureDefinition" when modelled.Contains((string?)resource["type"] ?? ""):
                var trimmed = Only(resource, OfDefinition.Contains);
                var elements = resource["differential"]!["element"]!.AsArray()
                    .Select(element => (JsonNode)Element(element!.AsObject()));
                trimmed["differential"] = new JsonObject { ["element"] = new JsonArray([.. elements]) };
                return trimmed;
            default:
                return null;
        }
    }

    private static JsonObject Element(JsonObject element)
    {
        var trimmed = Only(element, name => OfElement.Contains(name) || name.StartsWith("fixed", StringComparison.Ordinal)
            || name.StartsWith("pattern", StringComparison.Ordinal));
        (trimmed["slicing"] as JsonObject)?.Remove("description");
        (trimmed["binding"] as JsonObject)?.Remove("description");
        return trimmed;
    }

    private static JsonObject Only(JsonObject whole, Func<string, bool> keep) =>
        new(whole.Where(p => keep(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
}
