using IpsCoaching.Cases;

namespace IpsCoaching.Figures;

/// <summary>The languages of documents: Finnish, Swedish and English.</summary>
internal static class Language
{
    public static string In(this TranslatedName name, string language) =>
        Pick(language, name.Finnish, name.Swedish, name.English);

    public static string Pick(string language, string finnish, string swedish, string english) => language switch
    {
        "sv" => swedish,
        "en" => english,
        _ => finnish,
    };
}
