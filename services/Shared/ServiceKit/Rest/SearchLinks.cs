using System.Globalization;
using System.Text;
using System.Text.Json;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// Self and next links of a search. The parameters of a search by POST may name a person, so its links carry them only
/// sealed.
/// </summary>
internal static class SearchLinks
{
    private const string SealedParameter = "_sealed", MarkParameter = "_after";

    /// <summary>The links of a page; with <paramref name="seal"/> the parameters are hidden.</summary>
    public static IReadOnlyList<(string Relation, string Url)> Make(
        string address, List<(string Key, string Value)> parameters, PageMark? next, IndexKeys? seal)
    {
        List<(string, string)> links = [("self", Link(address, parameters, seal))];
        if (next is not null)
        {
            var mark = Encode(string.Create(CultureInfo.InvariantCulture, $"{next.LastUpdated}|{next.Id}"));
            links.Add(("next", Link(
                address, [.. parameters.Where(pair => pair.Key != MarkParameter), (MarkParameter, mark)], seal)));
        }

        return links;
    }

    /// <summary>The parameters that a sealed link carries; null when these are not from one.</summary>
    public static List<(string Key, string Value)>? Open(List<(string Key, string Value)> parameters, IndexKeys keys)
    {
        if (parameters.FirstOrDefault(pair => pair.Key == SealedParameter).Value is not { } token) return null;
        return keys.Unprotect(token) is { } json
            ? [.. JsonSerializer.Deserialize<string[][]>(json)!.Select(pair => (pair[0], pair[1]))]
            : null;
    }

    /// <summary>Reads the place where a page ended; throws FormatException for anything else.</summary>
    public static PageMark ReadMark(string text)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text)).Split('|');
            if (parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var time))
                return new PageMark(time, parts[1]);
        }
        catch (FormatException)
        {
            // Told below, in words.
        }

        throw new FormatException("_after must come from a next link.");
    }

    private static string Link(string address, List<(string Key, string Value)> parameters, IndexKeys? seal)
    {
        if (seal is not null)
        {
            var json = JsonSerializer.Serialize(parameters.Select(pair => new[] { pair.Key, pair.Value }));
            return $"{address}?{SealedParameter}={seal.Protect(json)}";
        }

        return address + "?" + string.Join('&', parameters.Select(pair =>
            $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
    }

    private static string Encode(string text) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
