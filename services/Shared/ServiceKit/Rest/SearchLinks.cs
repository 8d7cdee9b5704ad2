using System.Globalization;
using System.Text;
using System.Text.Json;
using Fhir.Json;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// Self and next links of a search. The parameters of a search by POST may name a person, so its links carry them only
/// sealed.
/// </summary>
internal static class SearchLinks
{
    private const string SealedParameter = "_sealed";

    /// <summary>The links of a page; with <paramref name="seal"/> the parameters are hidden.</summary>
    public static IReadOnlyList<(string Relation, string Url)> Make(
        string address, IReadOnlyList<SearchInput> parameters, PageMark? next, IndexKeys? seal)
    {
        List<(string, string)> links = [("self", Link(address, parameters, seal))];
        if (next is not null)
        {
            var mark = Encode(string.Create(CultureInfo.InvariantCulture, $"{next.LastUpdated}|{next.Id}"));
            links.Add(("next", Link(
                address,
                [.. parameters.Where(input => input.Key != SearchControls.Mark),
                    new SearchInput(SearchControls.Mark, mark, false)],
                seal)));
        }

        return links;
    }

    /// <summary>Whether these come from a sealed link.</summary>
    public static bool AreSealed(IEnumerable<SearchInput> parameters) =>
        parameters.Any(input => input.Key == SealedParameter);

    /// <summary>
    /// The parameters that a sealed link carries; null when the link was changed. Nothing may be added to it, since what
    /// is added would stand beside the seal in clear.
    /// </summary>
    public static List<SearchInput>? Open(IReadOnlyList<SearchInput> parameters, IndexKeys keys) =>
        parameters.Where(input => input.Key != "_format").ToList() is [{ Key: SealedParameter, Value: var token }]
        && keys.Unprotect(token) is { } json
            ? [.. JsonSerializer.Deserialize<string[][]>(json)!
                .Select(pair => new SearchInput(pair[0], pair[1], false))]
            : null;

    /// <summary>Reads the place where a page ended; null for anything else.</summary>
    public static PageMark? ReadMark(string text)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text)).Split('|');
            return parts.Length == 2 && Lexical.IsId(parts[1])
                && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
                    ? new PageMark(time, parts[1])
                    : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Link(string address, IReadOnlyList<SearchInput> parameters, IndexKeys? seal)
    {
        if (seal is not null)
        {
            var json = JsonSerializer.Serialize(parameters.Select(input => new[] { input.Key, input.Value }));
            return $"{address}?{SealedParameter}={seal.Protect(json)}";
        }

        var query = string.Join('&', parameters.Select(input =>
            $"{Uri.EscapeDataString(input.Key)}={Uri.EscapeDataString(input.Value)}"));
        return query.Length == 0 ? address : $"{address}?{query}";
    }

    private static string Encode(string text) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
