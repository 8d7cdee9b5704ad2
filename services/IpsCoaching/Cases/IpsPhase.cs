using Fhir;
using Messages;

namespace IpsCoaching.Cases;

/// <summary>
/// The five phases of the Finnish IPS model. Source: THL's description of IPS (thl.fi) [V]; the codes are ours, the
/// Swedish and English names are our translations.
/// </summary>
public sealed record IpsPhase(string Code, string Finnish, string Swedish, string English)
{
    /// <summary>The code system of the phases.</summary>
    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-phase");

    /// <summary>On an EpisodeOfCare, once for each phase entered: <c>phase</c> and its <c>period</c>.</summary>
    public static readonly string ExtensionUrl = Canonicals.StructureDefinition("ips-phase");

    public static IpsPhase Agreement { get; } = new("agreement", "Sopiminen", "Överenskommelse", "Agreement");

    public static IReadOnlyList<IpsPhase> All { get; } =
    [
        Agreement,
        new("vocational-profile", "Ammatillinen profilointi", "Yrkesprofilering", "Vocational profile"),
        new("job-search", "Työn etsintä", "Jobbsökning", "Job search"),
        new("employer-agreement", "Sopiminen työnantajan kanssa", "Överenskommelse med arbetsgivaren",
            "Agreement with the employer"),
        new("support", "Tuki työssä ja työn ulkopuolella", "Stöd i arbetet och utanför arbetet",
            "Support at work and outside of it"),
    ];

    /// <summary>The phase as the case holds it, open from the given day.</summary>
    public Extension From(FhirDateTime start)
    {
        var extension = new Extension { Url = ExtensionUrl };
        extension.Extension.Add(new Extension("phase", ToCoding()));
        extension.Extension.Add(new Extension("period", new Period(start, null)));
        return extension;
    }

    /// <summary>With its name in the three languages.</summary>
    public Coding ToCoding() => new TranslatedName(Code, Finnish, Swedish, English).ToCoding(SystemUrl);
}
