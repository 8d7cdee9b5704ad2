using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Messages.Regions;

/// <summary>Which wellbeing services county runs the health services of a municipality, on a given day.
/// Read once from <c>municipalities.json</c> and <c>regions.json</c>, where each row names its source and mark;
/// a municipality that is not listed there is not known, never guessed.</summary>
public static class RegionDirectory
{
    private static readonly FrozenDictionary<string, RegionNames> Regions =
        Read<RegionsFile>("regions.json").Regions
            .ToFrozenDictionary(r => r.Code, r => new RegionNames(r.Fi, r.Sv, r.En), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, MunicipalityPeriod[]> Periods =
        Read<MunicipalitiesFile>("municipalities.json").Municipalities
            .GroupBy(m => m.Code, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    /// <summary>Codes of all 23 counties, Helsinki (90) and Åland (91) included, in order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Regions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every dated row, as read: for pages and tests that show where a row comes from.</summary>
    public static IReadOnlyList<MunicipalityPeriod> Municipalities { get; } =
        [.. Periods.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value)];

    /// <summary>The code of the county ("07") that serves the municipality on the day.</summary>
    /// <param name="municipalityCode">National code of three digits, "109" for Hämeenlinna
    /// (code system urn:oid:1.2.246.537.6.21).</param>
    /// <param name="on">The day of care; counties began on 2023-01-01.</param>
    /// <returns>null when the municipality is not known, or not known on that day.</returns>
    public static string? RegionOf(string municipalityCode, DateOnly on) =>
        Periods.TryGetValue(municipalityCode, out var periods)
            ? Array.Find(periods, p => p.Holds(on))?.Region
            : null;

    /// <summary>Names of a county in Finnish, Swedish and English; null for an unknown code.</summary>
    public static RegionNames? Names(string code) => Regions.GetValueOrDefault(code);

    private static T Read<T>(string file)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"{typeof(RegionDirectory).Namespace}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded in {assembly.GetName().Name}.");
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"{file} is empty.");
    }

    private sealed record RegionsFile(RegionRow[] Regions);

    private sealed record RegionRow(string Code, string Fi, string Sv, string En);

    private sealed record MunicipalitiesFile(MunicipalityPeriod[] Municipalities);
}
