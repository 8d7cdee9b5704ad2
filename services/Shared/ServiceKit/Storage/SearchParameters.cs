using System.Collections.Concurrent;
using Fhir;
using Fhir.Path;

namespace ServiceKit.Storage;

/// <summary>How the index compares the values of a parameter.</summary>
public enum IndexKind
{
    Token,
    Reference,
    Uri,
    Text,
    Date,
}

/// <summary>A search parameter that the index holds.</summary>
/// <param name="Code">Its name in a search.</param>
/// <param name="Kind">How it compares.</param>
/// <param name="Path">Where in a resource its values are.</param>
/// <param name="Targets">The types that a reference may point to; empty for others.</param>
public sealed record IndexedParameter(string Code, IndexKind Kind, FhirPathExpression Path, IReadOnlyList<string> Targets);

/// <summary>
/// The search parameters of each type: those of R4 whose kind the index holds (token, reference, string, date, uri).
/// </summary>
public static class SearchParameters
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<IndexedParameter>> ByType = new();

    /// <summary>The parameters of a resource type; empty for an unknown one.</summary>
    public static IReadOnlyList<IndexedParameter> Of(string type) => ByType.GetOrAdd(type, Make);

    /// <summary>One parameter, or null when the index has none of that name.</summary>
    public static IndexedParameter? Find(string type, string code)
    {
        foreach (var parameter in Of(type))
            if (parameter.Code == code) return parameter;
        return null;
    }

    private static List<IndexedParameter> Make(string type)
    {
        var result = new List<IndexedParameter>();
        foreach (var definition in ModelInfo.SearchParameters.Where(definition =>
            definition.Type == type || definition.Type is "Resource" or "DomainResource"))
        {
            if (KindOf(definition.Kind) is not { } kind || SelectsResource(definition)) continue;
            result.Add(new IndexedParameter(
                definition.Code, kind, FhirPath.Compile(definition.Expression), definition.Targets));
        }

        return result;
    }

    // Bundle's `composition` and `message` lead to a resource within the Bundle, not to a reference.
    private static bool SelectsResource(SearchParameterInfo definition) =>
        definition.Type == "Bundle" && definition.Kind == SearchParamType.Reference;

    private static IndexKind? KindOf(SearchParamType kind) => kind switch
    {
        SearchParamType.Token => IndexKind.Token,
        SearchParamType.Uri => IndexKind.Uri,
        SearchParamType.Reference => IndexKind.Reference,
        SearchParamType.String => IndexKind.Text,
        SearchParamType.Date => IndexKind.Date,
        _ => null,
    };
}
