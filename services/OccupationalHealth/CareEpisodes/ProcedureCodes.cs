using System.Text.Json;
using OccupationalHealth.Placement;
using ServiceKit.Settings;

namespace OccupationalHealth.CareEpisodes;

/// <summary>The national procedure code of each method on a day, as a mapping file tells it.</summary>
/// <param name="System">The classification; null where no code is known.</param>
public sealed record ProcedureCodes(
    string Version, string? System, IReadOnlyList<ProcedureCode> Codes, string? Note = null)
{
    public static ProcedureCodes Shipped => RuleFiles.Shipped<ProcedureCodes>("procedure-codes.json");

    public string? CodeOf(string method, DateOnly day) =>
        Codes.FirstOrDefault(code => code.Method == method && code.IsInForce(day))?.Code;

    /// <summary>Everything for which the file cannot be followed.</summary>
    public IEnumerable<string> Faults()
    {
        if (System is null && Codes.Count > 0)
            yield return "has codes without a system: name the classification.";
        foreach (var code in Codes)
        {
            if (PlacementRules.InForceOn(code.From).Methods.All(method => method.Code != code.Method))
                yield return $"names the method {code.Method}, which is not in the catalogue.";
            if (code.To < code.From)
                yield return $"has a code of {code.Method} that ends before it begins.";
            if (string.IsNullOrWhiteSpace(code.Source) || string.IsNullOrWhiteSpace(code.Code))
                yield return $"has an entry of {code.Method} without code or source.";
        }

        foreach (var method in Codes.GroupBy(code => code.Method).Where(group => Overlap([.. group])))
            yield return $"has more than one code of {method.Key} for the same day.";
    }

    private static bool Overlap(List<ProcedureCode> codes) =>
        codes.Exists(one => codes.Exists(other => !ReferenceEquals(one, other) && one.IsInForce(other.From)));
}

/// <summary>A national code of a method, with the days on which it holds and where it stands.</summary>
public sealed record ProcedureCode(string Method, string Code, DateOnly From, string Source, DateOnly? To = null)
{
    public bool IsInForce(DateOnly day) => From <= day && !(To < day);
}

/// <summary>What the recording of episodes needs from outside: the section <c>CareEpisodes</c>.</summary>
public sealed class CareEpisodeOptions : ISettings
{
    public static string Section => "CareEpisodes";

    /// <summary>The mapping file from methods to national procedure codes; empty: none are known.</summary>
    public string ProcedureCodesFile { get; set; } = "";

    public IEnumerable<string> Faults()
    {
        if (ProcedureCodesFile.Length == 0) return [];
        try
        {
            return [.. Read().Faults().Select(fault =>
                $"CareEpisodes:ProcedureCodesFile: {ProcedureCodesFile} {fault}")];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return [$"CareEpisodes:ProcedureCodesFile names {ProcedureCodesFile}, which cannot be read "
                + $"({unreadable.GetType().Name}): give a file of the form that procedure-codes.json shows."];
        }
    }

    internal ProcedureCodes Read()
    {
        if (ProcedureCodesFile.Length == 0) return ProcedureCodes.Shipped;
        using var file = File.OpenRead(ProcedureCodesFile);
        return RuleFiles.Read<ProcedureCodes>(file);
    }
}
