using OccupationalHealth.Placement;

namespace OccupationalHealth;

/// <summary>The language in which a table or a chart is wanted: Finnish, Swedish or English.</summary>
public enum Language { Fi, Sv, En }

internal static class Languages
{
    /// <summary>
    /// By <c>lang</c> in the address, else by Accept-Language; Finnish where neither names one of the three.
    /// </summary>
    public static Language Of(HttpRequest request) =>
        Codes.Parse<Language>(request.Query["lang"].ToString())
        ?? request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Codes.Parse<Language>(language.Value.ToString().Split('-')[0].ToLowerInvariant()))
            .FirstOrDefault(language => language is not null)
        ?? Language.Fi;

    public static string In(this Wording wording, Language language) => language switch
    {
        Language.Sv => wording.Sv,
        Language.En => wording.En,
        _ => wording.Fi,
    };
}
