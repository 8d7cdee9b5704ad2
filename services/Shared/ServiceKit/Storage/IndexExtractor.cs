using Fhir;

namespace ServiceKit.Storage;

/// <summary>One row of the search index.</summary>
public sealed record IndexRow(string Param)
{
    /// <summary>Where the value stands: see <see cref="ValueKey"/>; null for strings and dates.</summary>
    public long? Key { get; init; }

    /// <summary>The system of a token, the type of a reference.</summary>
    public string? System { get; init; }

    /// <summary>What is compared; for strings, folded.</summary>
    public string? Value { get; init; }

    /// <summary>A string as it stands in the resource.</summary>
    public string? Original { get; init; }

    /// <summary>First microsecond of a date.</summary>
    public long? Low { get; init; }

    /// <summary>Last microsecond of a date.</summary>
    public long? High { get; init; }
}

/// <summary>Finds what the search parameters of R4 say about a resource.</summary>
public static class IndexExtractor
{
    /// <summary>In the column <c>original</c> of a token: the resource does not say the system.</summary>
    public const string ImpliedSystem = "";

    /// <summary>The parameter that finds what a resource is called elsewhere.</summary>
    public const string Identifier = "identifier";

    /// <summary>Behind the name of a reference: rows of the identifiers by which it names what it points to.</summary>
    public const string ByIdentifier = ":identifier";

    /// <summary>The rows for one resource.</summary>
    public static IReadOnlyList<IndexRow> Extract(Resource resource, IndexKeys keys)
    {
        var rows = new HashSet<IndexRow>();
        foreach (var parameter in SearchParameters.Of(resource.TypeName))
        {
            if (parameter.StandsUnder is not [var code] || code != parameter.Code) continue;
            foreach (var found in parameter.Path.Evaluate(resource))
                rows.UnionWith(Rows(parameter, found, keys).Select(row => Placed(row, resource.TypeName, parameter.Kind)));
        }

        return [.. rows];
    }

    private static IndexRow Placed(IndexRow row, string type, IndexKind kind) => kind is IndexKind.Text or IndexKind.Date
        ? row
        : row with { Key = ValueKey.Of(type, row.Param, row.Value!) };

    private static IEnumerable<IndexRow> Rows(IndexedParameter parameter, object found, IndexKeys keys)
    {
        var row = new IndexRow(parameter.Code);
        return parameter.Kind switch
        {
            IndexKind.Token => Tokens(row, found, keys),
            IndexKind.Reference => [.. References(row, found).Where(HoldsNoCode), .. Identified(row, found, keys)],
            IndexKind.Uri => Uris(row, found).Where(HoldsNoCode),
            IndexKind.Text => Texts(found)
                .Select(text => row with { Value = FoldedText.Fold(text), Original = text }).Where(HoldsNoCode),
            _ => Dates(row, found),
        };
    }

    // A text with an identity code in it is not searchable; the code must not stand in the index in clear.
    private static bool HoldsNoCode(IndexRow row) => !IdentityCodes.AreIn(row.Value!);

    private static IEnumerable<IndexRow> Tokens(IndexRow row, object found, IndexKeys keys) => found switch
    {
        CodeableConcept concept => concept.Coding.SelectMany(coding => Tokens(row, coding, keys)),
        Coding { Code: { } code } coding =>
            [row with { System = coding.System, Value = keys.Value(coding.System, code) }],
        Identifier { Value: { } value } identifier =>
            [row with { System = identifier.System, Value = keys.Value(identifier.System, value) }],
        ContactPoint { Value: { } value } => [row with { Value = keys.Value(null, value) }],
        PrimitiveType { Text: { } text } code =>
            [Code(row with { Value = keys.Value(null, text) }, code.RequiredCodes)],
        bool known => [row with { Value = known ? "true" : "false" }],
        _ => [],
    };

    // A code of a closed set has its system without saying so; it is found with that system and without any.
    private static IndexRow Code(IndexRow row, CodeList? codes) => codes?.IndexOf(row.Value!) is { } place and >= 0
        ? row with { System = codes.System(place), Original = ImpliedSystem }
        : row;

    private static IEnumerable<IndexRow> References(IndexRow row, object found) => found switch
    {
        ResourceReference reference when reference.TryGetLocal(out var type, out var id) =>
            [row with { System = type, Value = id }],
        ResourceReference { Reference: { } other } => [row with { Value = other }],
        PrimitiveType { Text: { } canonical } => Canonical(row, canonical),
        _ => [],
    };

    private static IEnumerable<IndexRow> Identified(IndexRow row, object found, IndexKeys keys) =>
        found is ResourceReference { Identifier: { } identifier }
            ? Tokens(new IndexRow(row.Param + ByIdentifier), identifier, keys)
            : [];

    // A canonical with a version is found without it too: http://hl7.org/fhir/R4/search.html#reference
    private static IEnumerable<IndexRow> Canonical(IndexRow row, string canonical)
    {
        yield return row with { Value = canonical };
        if (canonical.IndexOf('|', StringComparison.Ordinal) is var bar and > 0)
            yield return row with { Value = canonical[..bar] };
    }

    private static IEnumerable<IndexRow> Uris(IndexRow row, object found) =>
        found is PrimitiveType { Text: { } uri } ? [row with { Value = uri }] : [];

    private static IEnumerable<string> Texts(object found) => found switch
    {
        HumanName name => [.. Present(name.Text, name.Family), .. name.Given, .. name.Prefix, .. name.Suffix],
        Address address =>
            [.. Present(address.Text, address.City, address.District, address.State, address.PostalCode, address.Country),
                .. address.Line],
        PrimitiveType { Text: { } text } => [text],
        _ => [],
    };

    private static IEnumerable<string> Present(params IEnumerable<string?> texts) => texts.OfType<string>();

    private static IEnumerable<IndexRow> Dates(IndexRow row, object found)
    {
        if (DateInterval.Of(found as Base) is not { } interval) yield break;
        yield return row with { Low = Micros.From(interval.Start), High = Micros.From(interval.End) };
    }
}
