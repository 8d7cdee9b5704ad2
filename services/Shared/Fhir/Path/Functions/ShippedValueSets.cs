namespace Fhir.Path.Functions;

/// <summary>The closed value sets of the modelled types' required bindings, by canonical.</summary>
internal static class ShippedValueSets
{
    private static readonly Lazy<Dictionary<string, CodeList>> All = new(Gather);

    public static CodeList? Find(string canonical) => All.Value.GetValueOrDefault(canonical);

    private static Dictionary<string, CodeList> Gather()
    {
        var found = new Dictionary<string, CodeList>(StringComparer.Ordinal);
        var waiting = new Queue<TypeDef>(ModelInfo.ResourceTypes.Select(name => ModelInfo.Type(name)!));
        var seen = new HashSet<TypeDef>(waiting);
        while (waiting.TryDequeue(out var type))
        {
            foreach (var element in type.Elements)
            {
                if (element.RequiredCodes is { } codes) found.TryAdd(codes.ValueSet, codes);
                foreach (var inner in element.Types.Where(seen.Add)) waiting.Enqueue(inner);
            }
        }
        return found;
    }
}
