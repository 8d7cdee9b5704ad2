using System.Collections.Concurrent;

namespace Fhir.Validation;

/// <summary>
/// Profiles, value sets and code systems by their canonical, with or without `|version`. Nothing changes once it is
/// built, so that many threads share it; a profile is compiled when it is first asked for.
/// </summary>
public sealed class ProfileRegistry
{
    private const string Core = "http://hl7.org/fhir/StructureDefinition/";

    private readonly CanonicalIndex<StructureDefinition> _definitions = new(s => (s.Url, s.Version));
    private readonly CanonicalIndex<ValueSet> _valueSets = new(v => (v.Url, v.Version));
    private readonly CanonicalIndex<CodeSystem> _codeSystems = new(c => (c.Url, c.Version));
    private readonly ConcurrentDictionary<string, Lazy<CompiledProfile>> _compiled = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CodeSet?> _codes = new(StringComparer.Ordinal);

    /// <summary>A registry of the resources that are StructureDefinitions, ValueSets and CodeSystems.</summary>
    public ProfileRegistry(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources.Concat(CoreProfiles.All))
        {
            if (resource is StructureDefinition definition) _definitions.Add(definition);
            else if (resource is ValueSet valueSet) _valueSets.Add(valueSet);
            else if (resource is CodeSystem codeSystem) _codeSystems.Add(codeSystem);
        }
    }

    /// <summary>The definition of that canonical, or null.</summary>
    public StructureDefinition? StructureDefinition(string canonical) => _definitions.Find(canonical);

    /// <summary>The value set of that canonical, or null.</summary>
    public ValueSet? ValueSet(string canonical) => _valueSets.Find(canonical);

    /// <summary>The code system of that canonical, or null.</summary>
    public CodeSystem? CodeSystem(string canonical) => _codeSystems.Find(canonical);

    /// <summary>True for a profile that resources can be held against: a known one, or a type of R4 itself.</summary>
    public bool Knows(string canonical) => Find(canonical) is not null || CoreType(canonical) is not null;

    /// <summary>Ids of the elements that a known profile marks as must-support.</summary>
    public IReadOnlyList<string> MustSupport(string canonical) => Find(canonical)?.MustSupport ?? [];

    /// <summary>What a known profile demands and resources cannot be held against here.</summary>
    public IReadOnlyList<string> NotChecked(string canonical) => Find(canonical)?.NotChecked ?? [];

    internal CompiledProfile? Find(string canonical)
    {
        if (_compiled.TryGetValue(canonical, out var known)) return known.Value;
        if (_definitions.Find(canonical) is not { Url: { } url } definition) return null;
        // One compilation however it is asked for; what is kept is bounded by what the registry holds.
        var key = definition.Version is { } version ? $"{url}|{version}" : url;
        return _compiled.GetOrAdd(key, _ => new(() => new ProfileCompiler(this).Compile(definition))).Value;
    }

    /// <summary>The codes of a value set; null when it is unknown or cannot be expanded here.</summary>
    internal CodeSet? Codes(string canonical) =>
        _codes.TryGetValue(canonical, out var known) ? known : Keep(canonical, Expansion.Of(canonical, this));

    /// <summary>The type that a canonical of R4 itself names, or null.</summary>
    internal static string? CoreType(string canonical)
    {
        if (!canonical.StartsWith(Core, StringComparison.Ordinal)) return null;
        var name = canonical[Core.Length..].Split('|')[0];
        return ModelInfo.IsResourceType(name) || ModelInfo.Type(name) is not null ? name : null;
    }

    // Only what the registry or R4 knows is kept, so that no text from outside fills the memory.
    private CodeSet? Keep(string canonical, CodeSet? codes)
    {
        if (codes is not null || _valueSets.Find(canonical) is not null) _codes.TryAdd(canonical, codes);
        return codes;
    }
}
