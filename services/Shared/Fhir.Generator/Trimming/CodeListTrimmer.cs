using System.Text.Json;
using Fhir.Generator.Definitions;

namespace Fhir.Generator.Trimming;

/// <summary>Expands a value set that lists its codes or takes whole code systems of HL7's own.</summary>
internal sealed class CodeListTrimmer(IReadOnlyList<JsonElement> resources)
{
    private readonly Dictionary<string, JsonElement> _valueSets = ByUrl(resources, "ValueSet");
    private readonly Dictionary<string, JsonElement> _codeSystems = ByUrl(resources, "CodeSystem");

    /// <summary>Null for an open set (MIME types, currencies), whose codes HL7 does not list.</summary>
    public CodeListDefinition? Expand(string url)
    {
        if (!_valueSets.TryGetValue(url, out var set)) return null;
        var codes = new List<CodeDefinition>();
        foreach (var include in set.Child("compose").Items("include"))
        {
            if (include.Items("filter").Length > 0 || include.Items("valueSet").Length > 0) return null;
            var system = include.Text("system")!;
            var concepts = include.Items("concept");
            if (concepts.Length == 0)
            {
                if (!_codeSystems.TryGetValue(system, out var s) || s.Text("content") != "complete") return null;
                concepts = s.Items("concept");
            }
            Add(codes, system, concepts);
        }
        return codes.Count == 0 ? null : new(url, set.Text("name")!, [.. codes.DistinctBy(c => (c.System, c.Code))]);
    }

    private static void Add(List<CodeDefinition> codes, string system, JsonElement[] concepts)
    {
        foreach (var concept in concepts)
        {
            codes.Add(new(system, concept.Text("code")!, concept.Text("display")));
            Add(codes, system, concept.Items("concept"));
        }
    }

    private static Dictionary<string, JsonElement> ByUrl(IReadOnlyList<JsonElement> all, string type) =>
        all.Where(r => r.Text("resourceType") == type)
            .GroupBy(r => r.Text("url")!).ToDictionary(g => g.Key, g => g.Last());
}
