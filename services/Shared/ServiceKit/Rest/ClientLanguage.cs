using Microsoft.AspNetCore.Http;

namespace ServiceKit.Rest;

/// <summary>The language in which a person wants to read: Finnish, Swedish or English.</summary>
public static class ClientLanguage
{
    private static readonly string[] All = ["fi", "sv", "en"];

    /// <summary>
    /// <c>fi</c>, <c>sv</c> or <c>en</c>: that of <c>lang</c> in the address, else the first of ours in Accept-Language,
    /// else Finnish.
    /// </summary>
    public static string Of(HttpRequest request)
    {
        if (request.Query["lang"] is [{ } asked] && All.Contains(asked, StringComparer.Ordinal)) return asked;
        return request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => one.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(one => All.Contains(one, StringComparer.Ordinal)) ?? All[0];
    }
}
