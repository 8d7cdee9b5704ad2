using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth;

/// <summary>The language in which a table or a chart is wanted: Finnish, Swedish or English.</summary>
public enum Language { Fi, Sv, En }

internal static class Languages
{
    /// <summary>The one that a client wants.</summary>
    public static Language Of(HttpRequest request) => Codes.Parse<Language>(ClientLanguage.Of(request))!.Value;

    public static string In(this Wording wording, Language language) => language switch
    {
        Language.Sv => wording.Sv,
        Language.En => wording.En,
        _ => wording.Fi,
    };
}
