using Fhir;

namespace ServiceKit.Storage;

/// <summary>One row of the search index.</summary>
public sealed record IndexRow(
    string Type, string Id, string Param, string? System, string? Value, long? Low, long? High)
{
    internal const string Insert =
        """
        insert into search_index (type, id, param, system, value, low, high)
        values (@Type, @Id, @Param, @System, @Value, @Low, @High)
        """;
}

/// <summary>Finds what the search parameters of R4 say about a resource.</summary>
public static class IndexExtractor
{
    /// <summary>The rows for one resource, which must have its id.</summary>
    public static IReadOnlyList<IndexRow> Extract(Resource resource, IndexKeys keys)
    {
        var rows = new HashSet<IndexRow>();
        foreach (var parameter in SearchParameters.Of(resource.TypeName))
        {
            foreach (var found in parameter.Path.Find(resource))
                rows.UnionWith(Rows(resource, parameter, found, keys));
        }

        return [.. rows];
    }

    private static IEnumerable<IndexRow> Rows(Resource resource, IndexedParameter parameter, Base found, IndexKeys keys)
    {
        var row = new IndexRow(resource.TypeName, resource.Id!, parameter.Code, null, null, null, null);
        return parameter.Kind switch
        {
            IndexKind.Token => Tokens(row, found, keys),
            IndexKind.Reference => References(row, found),
            IndexKind.Text => Texts(found).Select(text => row with { Value = FoldedText.Fold(text) }),
            _ => Dates(row, found),
        };
    }

    private static IEnumerable<IndexRow> Tokens(IndexRow row, Base found, IndexKeys keys) => found switch
    {
        CodeableConcept concept => concept.Coding.SelectMany(coding => Tokens(row, coding, keys)),
        Coding { Code: { } code } coding => [row with { System = coding.System, Value = code }],
        Identifier { Value: { } value } identifier =>
            [row with { System = identifier.System, Value = keys.Value(identifier.System, value) }],
        ContactPoint { Value: { } value } contact => [row with { Value = value }],
        PrimitiveType { Text: { } text } => [row with { Value = text }],
        _ => [],
    };

    private static IEnumerable<IndexRow> References(IndexRow row, Base found) => found switch
    {
        ResourceReference reference when reference.TryGetLocal(out var type, out var id) =>
            [row with { System = type, Value = id }],
        ResourceReference { Reference: { } other } => [row with { Value = other }],
        PrimitiveType { Text: { } canonical } => [row with { Value = canonical }],
        _ => [],
    };

    private static IEnumerable<string> Texts(Base found) => found switch
    {
        HumanName name => [.. Present(name.Text, name.Family), .. name.Given, .. name.Prefix, .. name.Suffix],
        Address address =>
            [.. Present(address.Text, address.City, address.District, address.State, address.PostalCode, address.Country),
                .. address.Line],
        PrimitiveType { Text: { } text } => [text],
        _ => [],
    };

    private static IEnumerable<string> Present(params IEnumerable<string?> texts) => texts.OfType<string>();

    private static IEnumerable<IndexRow> Dates(IndexRow row, Base found)
    {
        if (DateInterval.Of(found) is not { } interval) yield break;
        yield return row with { Low = Micros.From(interval.Start), High = Micros.From(interval.End) };
    }
}
