using IpsCoaching.Cases;
using IpsCoaching.Figures;

namespace IpsCoaching.Fidelity;

/// <summary>The words of the printed page, beside the names of items, evidence and bands.</summary>
internal static class FidelityWords
{
    public static TranslatedName Title { get; } = new(
        "title", "IPS-laatukriteerit", "IPS-kvalitetskriterier", "IPS fidelity");

    public static TranslatedName Printed { get; } = new("printed", "Tulostettu", "Utskrivet", "Printed");

    public static TranslatedName Due { get; } = new(
        "due", "Seuraava arviointi viimeistään", "Nästa granskning senast", "Next review due by");

    public static TranslatedName Items { get; } = new("items", "Osiot", "Punkter", "Items");

    public static TranslatedName History { get; } = new(
        "history", "Aiemmat arvioinnit", "Tidigare granskningar", "History of reviews");

    public static IReadOnlyList<TranslatedName> ItemHead { get; } =
    [
        new("number", "Nro", "Nr", "No."), new("item", "Osio", "Punkt", "Item"),
        new("computed", "Laskettu", "Beräknad", "Computed"), new("entered", "Arvioijan", "Granskarens", "Entered"),
        new("evidence", "Näyttö", "Underlag", "Evidence"),
    ];

    public static IReadOnlyList<TranslatedName> HistoryHead { get; } =
    [
        new("period", "Jakso", "Period", "Period"), new("day", "Päivä", "Dag", "Day"),
        new("reviewer", "Arvioija", "Granskare", "Reviewer"), new("result", "Tulos", "Resultat", "Result"),
    ];

    public static IReadOnlyList<TranslatedName> HowToRead { get; } =
    [
        new("entered", "Arvioijan pisteet korvaavat lasketut yhteispisteissä; laskettu näyttö ei muutu.",
            "Granskarens poäng ersätter de beräknade i totalen; det beräknade underlaget ändras inte.",
            "A reviewer's score replaces the computed one in the total; the computed evidence stays."),
        new("below-top", "Kun vain ylin taso tunnetaan, sen alle jäävän osion pisteyttää arvioija.",
            "När bara den högsta nivån är känd poängsätter granskaren det som inte når den.",
            "Where only the top level is known, a reviewer scores what does not reach it."),
    ];

    /// <summary>The total with its band or, while items lack a score, how far it is.</summary>
    public static string Total(FidelityScore score, string language) => score.Total is { } total
        ? $"{total} / {score.Items.Count * 5}: {score.Band?.Name.In(language)}"
        : Language.Pick(language,
            $"{score.Sum} pistettä, {score.Scored} / {score.Items.Count} osiota pisteytetty",
            $"{score.Sum} poäng, {score.Scored} / {score.Items.Count} punkter poängsatta",
            $"{score.Sum} points, {score.Scored} of {score.Items.Count} items scored");
}
