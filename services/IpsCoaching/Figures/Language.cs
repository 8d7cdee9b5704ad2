using IpsCoaching.Cases;
using Microsoft.Net.Http.Headers;

namespace IpsCoaching.Figures;

/// <summary>The languages of documents: Finnish, Swedish and English.</summary>
internal static class Language
{
    private static readonly string[] All = ["fi", "sv", "en"];

    /// <summary>The one of <c>lang</c>, else the first of ours in <c>Accept-Language</c>, else Finnish.</summary>
    public static string Of(HttpRequest request)
    {
        if (request.Query["lang"] is [{ } asked] && Array.Exists(All, one => one == asked)) return asked;
        return request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => one.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(one => Array.Exists(All, known => known == one)) ?? All[0];
    }

    public static string In(this TranslatedName name, string language) =>
        Pick(language, name.Finnish, name.Swedish, name.English);

    public static string Pick(string language, string finnish, string swedish, string english) => language switch
    {
        "sv" => swedish,
        "en" => english,
        _ => finnish,
    };
}
