using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Fhir;
using Fhir.Path;
using Messages.Guide;

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
public sealed record IndexedParameter(string Code, IndexKind Kind, FhirPathExpression Path, IReadOnlyList<string> Targets)
{
    /// <summary>Canonical of its definition.</summary>
    public required string Definition { get; init; }

    /// <summary>
    /// Where its values stand: under its own name; under those of others that find the same, so that nothing stands there
    /// twice; or nowhere in the index, since the resource's row has them.
    /// </summary>
    public IReadOnlyList<string> StandsUnder { get; init; } = [Code];

    /// <summary>The only type of reference that it finds there; null where it finds all.</summary>
    public string? OnlyType { get; init; }

    /// <summary>Whether a reference may lead to resources of a type.</summary>
    public bool MayPointTo(string type) =>
        OnlyType is { } only ? only == type : Targets.Count == 0 || Targets.Contains(type);
}

/// <summary>
/// The search parameters of each type: those of R4 and of the guide whose kind the index holds (token, reference, string,
/// date, uri).
/// </summary>
public static partial class SearchParameters
{
    /// <summary>What the row of a resource tells of it.</summary>
    public const string Id = "_id", LastUpdated = "_lastUpdated";

    private static readonly string[] OfResourceRow = [Id, LastUpdated];

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

    /// <summary>Changes with what the index of a type holds: then it is to be written anew.</summary>
    public static string Fingerprint(string type) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Of(type).Select(one => string.Join(
            '|', one.Code, one.Kind, one.Path.Text, one.OnlyType, string.Join(',', one.StandsUnder)))))));

    /// <summary>Those of a type that are references to resources.</summary>
    public static IEnumerable<IndexedParameter> ReferencesOf(string type) =>
        Of(type).Where(parameter => parameter.Kind == IndexKind.Reference);

    private static List<IndexedParameter> Make(string type)
    {
        var known = ModelInfo.SearchParameters.Concat(OwnSearchParameters.Infos).Where(definition =>
            (definition.Type == type || definition.Type is "Resource" or "DomainResource")
            && KindOf(definition.Kind) is not null && !SelectsResource(definition)).ToList();
        var result = new List<IndexedParameter>();
        foreach (var definition in known)
        {
            var parameter = new IndexedParameter(
                definition.Code, KindOf(definition.Kind)!.Value, FhirPath.Compile(definition.Expression), definition.Targets)
            {
                Definition = definition.Url,
            };
            result.Add(OfResourceRow.Contains(definition.Code)
                ? parameter with { StandsUnder = [] }
                : Elsewhere(definition, known) is var (others, onlyType)
                    ? parameter with { StandsUnder = others, OnlyType = onlyType }
                    : parameter);
        }

        return result;
    }

    // Many parameters find what others find: patient finds the subjects that are patients, phonetic finds names. Of two
    // with one expression the first in the list has the rows.
    private static (IReadOnlyList<string> Others, string? OnlyType)? Elsewhere(
        SearchParameterInfo definition, List<SearchParameterInfo> known)
    {
        var parts = definition.Expression.Split(" | ").Select(part => OnlyTypeOf().Match(part) is { Success: true } match
            ? (Path: part[..match.Index], Type: match.Groups["type"].Value)
            : (Path: part, Type: null)).ToList();
        if (parts.Select(part => part.Type).Distinct().Count() > 1) return null;
        var others = parts.Select(part => known.Find(other => other.Kind == definition.Kind
            && other.Expression == part.Path && other.Code != definition.Code)?.Code).ToList();
        if (others.Contains(null)) return null;
        // The rows of one that has only one expression, and not the same as another before it.
        return parts is [{ Type: null }] && known.FindIndex(other => other.Code == definition.Code)
            < known.FindIndex(other => other.Code == others[0])
                ? null
                : (others!, parts[0].Type);
    }

    // Such as Observation.subject.where(resolve() is Patient).
    [GeneratedRegex(@"\.where\(resolve\(\) is (?<type>[A-Za-z]+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnlyTypeOf();

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
