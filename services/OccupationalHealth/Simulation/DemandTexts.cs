using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth.Simulation;

/// <summary>Words around the demand.</summary>
internal static class DemandTexts
{
    public static readonly Wording Title = new(
        "Simuloitu hoidon tarve hoitopaikoittain", "Simulerat vårdbehov per vårdplats",
        "Simulated demand by place of care");

    public static readonly Wording Cases = new("tapauksia", "fall", "cases");

    public static readonly Wording Faulty = new(
        "virheellisiä rivejä", "felaktiga rader", "faulty lines");

    public static readonly Wording All = new("Kaikki", "Alla", "All");

    public static readonly Wording[] Columns =
    [
        new("sopimukset", "avtal", "contracts"), new("palveluvalikoima", "tjänsteutbud", "catalogue"),
        new("hoitopaikka", "vårdplats", "care place"), new("hoitopaikan nimi", "vårdplatsens namn", "name of the place"),
        new("ulottuvuus", "dimension", "dimension"), new("arvo", "värde", "value"),
        new("arvon nimi", "värdets namn", "name of the value"), new("porras", "steg", "step"),
        new("lukumäärä", "antal", "count"), new("salattu", "dolt", "hidden"),
    ];

    private static readonly Dictionary<string, Wording> Starts = new(StringComparer.Ordinal)
    {
        [Demand.AtOnce] = new("Alkaa suunnitellusti", "Börjar som planerat", "Begins as planned"),
        [Demand.Waits] = new("Odottaa", "Väntar", "Waits"),
        [Demand.BeyondLimit] = new(
            "Odottaa yli lain määräajan", "Väntar över lagens tidsgräns", "Waits beyond the limit of the law"),
        [Demand.NoUnit] = new(
            "Valikoimassa ei sopivaa yksikköä", "Ingen lämplig enhet i utbudet", "No fitting unit in the catalogue"),
        [Demand.Unknown] = new("Ei tiedossa", "Okänd", "Not known"),
        [Demand.LeftToUnit] = new("Yksikkö valitsee", "Enheten väljer", "The unit chooses"),
    };

    /// <summary>The name of a value; null for methods and months, which their code tells.</summary>
    public static Wording? NameOf(string value) =>
        Codes.Parse<CareLevel>(value) is { } level ? Texts.WordsOf(level) : Starts.GetValueOrDefault(value);

    public static Wording NameOf(CarePlace? place) => place is { } known ? Texts.WordsOf(known) : All;
}
