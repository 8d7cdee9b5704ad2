using OccupationalHealth.Placement;

namespace OccupationalHealth.Triage;

/// <summary>The instruments of instruments.json; nothing else in this service knows their codes.</summary>
public static class Instruments
{
    private static readonly InstrumentsFile File = RuleFiles.Shipped<InstrumentsFile>("instruments.json");

    public static IReadOnlyList<Instrument> All => File.Instruments;

    /// <summary>Of the file, and so of every Questionnaire made from it.</summary>
    public static string Version => File.Version;

    /// <summary>By the canonical URL of its Questionnaire, with or without a version.</summary>
    public static Instrument? Find(string? questionnaire) =>
        All.FirstOrDefault(instrument => instrument.Url == questionnaire?.Split('|')[0]);

    /// <summary>By the code of its total.</summary>
    public static Instrument? OfTotal(string? system, string? code) => All.FirstOrDefault(
        instrument => instrument.HasTotal && instrument.TotalSystem == system && instrument.TotalCode == code);

    /// <summary>The name of a band; null is a fault of the rules.</summary>
    public static Wording? NameOfBand(string code) => File.Bands.GetValueOrDefault(code);

    private sealed record InstrumentsFile(
        string Version, IReadOnlyDictionary<string, Wording> Bands, IReadOnlyList<Instrument> Instruments);
}
