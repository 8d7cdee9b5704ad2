namespace Messages;

/// <summary>The one place that holds the canonical base of our own definitions.</summary>
public static class Canonicals
{
    /// <summary>Stands in front of every canonical URL and identifier system of ours, until the owner names a real domain.</summary>
    public const string Base = "https://fhir.occupational-mental-health.example";

    /// <summary>The URL of a code system of ours.</summary>
    public static string CodeSystem(string name) => $"{Base}/CodeSystem/{name}";

    /// <summary>The URL of an extension or profile of ours.</summary>
    public static string StructureDefinition(string name) => $"{Base}/StructureDefinition/{name}";

    /// <summary>The system of local identifiers of ours.</summary>
    public static string Sid(string name) => $"{Base}/sid/{name}";
}
