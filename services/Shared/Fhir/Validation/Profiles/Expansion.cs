using Fhir.Path.Functions;

namespace Fhir.Validation;

/// <summary>
/// The codes of a value set, as far as they follow from the resources at hand,
/// http://hl7.org/fhir/R4/valueset.html#compositions. Null where they do not: another system's codes, or a filter that
/// needs a terminology server.
/// </summary>
internal static class Expansion
{
    private const int DeepestImport = 16;

    public static CodeSet? Of(string canonical, ProfileRegistry registry, int depth = 0)
    {
        if (depth > DeepestImport) return null;
        if (registry.ValueSet(canonical) is not { } set)
        {
            return ShippedValueSets.Find(canonical.Split('|')[0]) is { } shipped
                ? new(shipped.Codes.Select((code, i) => ((string?)shipped.System(i), code)))
                : null;
        }
        if (set.Expansion is { } expansion && expansion.Contains.Count > 0) return new(Flat(expansion.Contains));
        if (set.Compose is not { } compose) return null;
        var codes = new HashSet<(string?, string)>();
        foreach (var include in compose.Include)
        {
            if (Codes(include, registry, depth) is not { } included) return null;
            codes.UnionWith(included);
        }
        foreach (var exclude in compose.Exclude)
        {
            if (Codes(exclude, registry, depth) is not { } excluded) return null;
            codes.ExceptWith(excluded);
        }
        return new(codes);
    }

    // A concept set means what is in its system part and in all of its value sets.
    private static HashSet<(string?, string)>? Codes(
        ValueSet.ConceptSetComponent part, ProfileRegistry registry, int depth)
    {
        HashSet<(string?, string)>? found = null;
        if (part.System is { } system)
        {
            if (OfSystem(part, system, registry) is not { } listed) return null;
            found = [.. listed];
        }
        foreach (var canonical in part.ValueSet)
        {
            if (Of(canonical, registry, depth + 1) is not { } other) return null;
            if (found is null) found = [.. other.All];
            else found.IntersectWith(other.All);
        }
        return found;
    }

    private static IEnumerable<(string?, string)>? OfSystem(
        ValueSet.ConceptSetComponent part, string system, ProfileRegistry registry)
    {
        if (part.Concept.Count > 0) return part.Concept.Select(c => ((string?)system, c.Code!));
        var canonical = part.Version is { } version ? $"{system}|{version}" : system;
        if (registry.CodeSystem(canonical) is not { Content: CodeSystemContentMode.Complete } codes) return null;
        IEnumerable<string>? found = Flat(codes.Concept).Select(c => c.Code!);
        foreach (var filter in part.Filter)
        {
            if (Filtered(codes, filter) is not { } kept) return null;
            found = found.Intersect(kept, StringComparer.Ordinal);
        }
        return found.Select(code => ((string?)system, code));
    }

    private static IEnumerable<string>? Filtered(CodeSystem codes, ValueSet.FilterComponent filter)
    {
        if (filter.Property != "concept" || filter.Op is not (FilterOperator.IsA or FilterOperator.DescendentOf)
            || (codes.HierarchyMeaning ?? CodeSystemHierarchyMeaning.IsA) != CodeSystemHierarchyMeaning.IsA
            || Flat(codes.Concept).FirstOrDefault(c => c.Code == filter.Value) is not { } root)
        {
            return null;
        }
        var below = Flat(root.Concept).Select(c => c.Code!);
        return filter.Op == FilterOperator.IsA ? below.Prepend(root.Code!) : below;
    }

    private static IEnumerable<CodeSystem.ConceptDefinitionComponent> Flat(
        IEnumerable<CodeSystem.ConceptDefinitionComponent> concepts) =>
        concepts.SelectMany(c => Flat(c.Concept).Prepend(c));

    private static IEnumerable<(string?, string)> Flat(IEnumerable<ValueSet.ContainsComponent> contains) =>
        contains.SelectMany(c => c.Abstract == true || c.Code is null
            ? Flat(c.Contains)
            : Flat(c.Contains).Prepend((c.System, c.Code)));
}
