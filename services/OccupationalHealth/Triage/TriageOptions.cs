using System.Text.Json;
using OccupationalHealth.Placement;
using ServiceKit.Settings;

namespace OccupationalHealth.Triage;

/// <summary>Texts of questionnaires' items, which their holders license: the section <c>Triage</c>.</summary>
public sealed class TriageOptions : ISettings
{
    public static string Section => "Triage";

    /// <summary>
    /// The folder with <c>INSTRUMENT.json</c> for each instrument whose texts there are: an object with the linkId as
    /// name and the text as <c>{ "fi": …, "sv": …, "en": … }</c>. Empty: numbered labels of our own.
    /// </summary>
    public string TextsFolder { get; set; } = "";

    public IEnumerable<string> Faults()
    {
        if (TextsFolder.Length == 0) yield break;
        if (!Directory.Exists(TextsFolder))
        {
            yield return $"Triage:TextsFolder names {TextsFolder}, which does not exist: give a folder with "
                + "<instrument>.json files, or leave it out.";
            yield break;
        }

        foreach (var instrument in Instruments.All)
        {
            if (FaultOf(instrument) is { } fault) yield return $"Triage:TextsFolder: {PathOf(instrument)} {fault}";
        }
    }

    /// <summary>The texts of an instrument by linkId; empty where none are configured.</summary>
    internal IReadOnlyDictionary<string, Wording> TextsOf(Instrument instrument)
    {
        if (TextsFolder.Length == 0 || !File.Exists(PathOf(instrument))) return new Dictionary<string, Wording>();
        using var file = File.OpenRead(PathOf(instrument));
        return RuleFiles.Read<Dictionary<string, Wording>>(file);
    }

    private string PathOf(Instrument instrument) => Path.Combine(TextsFolder, $"{instrument.Code}.json");

    private string? FaultOf(Instrument instrument)
    {
        try
        {
            var unknown = TextsOf(instrument).Keys.Except(instrument.Items.Select(item => item.LinkId)).ToList();
            return unknown.Count == 0 ? null : $"has texts for {string.Join(", ", unknown)}, which are no items of it.";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return "cannot be read: write { \"LINKID\": { \"fi\": \"…\", \"sv\": \"…\", \"en\": \"…\" } }.";
        }
    }
}
