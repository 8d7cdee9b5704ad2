using System.Text;
using System.Text.Json;
using Fhir;
using Messages.Regions;
using OccupationalHealth.Placement;
using OccupationalHealth.Workplace;
using ServiceKit.Rest;

namespace OccupationalHealth.Simulation;

/// <summary>What is stored here, for a scenario that names it.</summary>
internal sealed record StoredWorld(IReadOnlyList<ContractScope> Contracts, IReadOnlyList<OwnedUnit> Units);

/// <summary>
/// Reads the first line of a simulation: its period, and by name the contracts and the catalogues whose alternatives are
/// compared. A faulty scenario is refused with every fault.
/// </summary>
internal static class ReadScenario
{
    /// <summary>Technical limits: what is counted stays small however many cases there are.</summary>
    public const int MostMonths = 36, MostAlternatives = 16;

    /// <param name="stored">Null where nothing is stored, as on the command line.</param>
    public static async Task<(Scenario? Scenario, IReadOnlyList<FhirIssue> Faults)> From(
        byte[] line, Func<Task<StoredWorld>>? stored)
    {
        List<FhirIssue> faults = [];
        var check = new FieldCheck(faults);
        if (NoPerson.IsNamedIn(Encoding.UTF8.GetString(line)))
        {
            check.Fault(IssueType.BusinessRule, "line[1]", "A scenario names nobody: no identity code in any member.");
            return (null, faults);
        }

        if (Parse<ScenarioFile>(line, "line[1]", check) is not { } file)
            return (null, faults);

        var (from, until) = (check.Day(file.From, "line[1].from"), check.Day(file.Until, "line[1].until"));
        if (faults.Count == 0 && (until < from || until > from.AddMonths(MostMonths)))
            check.Fault(IssueType.Value, "line[1].until", $"The last day, up to {MostMonths} months after the first.");
        if (file.Contracts?.Count * file.Catalogues?.Count > MostAlternatives)
            check.Fault(IssueType.TooCostly, "line[1]", $"At most {MostAlternatives} alternatives at once.");

        var world = IsStoredAsked(file) && faults.Count == 0 && stored is not null ? await stored() : null;
        var contracts = Books<ContractScope, ScenarioFile.ContractLine, ContractBook>(
            file.Contracts, world?.Contracts, "line[1].contracts", check, ReadWorld.Contract,
            (name, all) => new ContractBook(name, all));
        var catalogues = Books<OwnedUnit, ScenarioFile.UnitLine, OfferBook>(
            file.Catalogues, world?.Units, "line[1].catalogues", check, ReadWorld.Unit,
            (name, all) => new OfferBook(name, all));
        if (stored is null && IsStoredAsked(file))
            check.Fault(IssueType.NotSupported, "line[1]", "Nothing is stored here: \"stored\" is for the service.");
        return faults.Count > 0 ? (null, faults) : (new Scenario(from, until, contracts, catalogues), faults);
    }

    private static List<TBook> Books<T, TLine, TBook>(
        IReadOnlyDictionary<string, JsonElement>? named, IReadOnlyList<T>? stored, string place, FieldCheck check,
        Func<TLine, string, FieldCheck, T> read, Func<string, IEnumerable<T>, TBook> make) where TLine : class
    {
        List<TBook> books = [];
        if (named is not { Count: > 0 })
            check.Fault(IssueType.Required, place, "At least one, by name: a list, or \"stored\".");
        foreach (var (name, content) in named ?? new Dictionary<string, JsonElement>())
        {
            if (!IsName(name))
                check.Fault(IssueType.Value, place, "A name has 1 to 40 letters, digits, blanks and hyphens.");
            else if (IsStored(content))
                books.Add(make(name, stored ?? []));
            else if (Parse<TLine[]>(Encoding.UTF8.GetBytes(content.GetRawText()), $"{place}.{name}", check) is { } lines)
                books.Add(make(name, [.. lines.Select((one, i) => read(one, $"{place}.{name}[{i}]", check))]));
        }

        return books;
    }

    // They come back in tables and pictures, and so are words only.
    private static bool IsName(string name) => name is { Length: > 0 and <= 40 } && char.IsLetterOrDigit(name[0])
        && name.All(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-');

    private static bool IsStored(JsonElement content) =>
        content.ValueKind is JsonValueKind.String && content.GetString() == ScenarioFile.Stored;

    private static bool IsStoredAsked(ScenarioFile file) =>
        (file.Contracts?.Values ?? []).Concat(file.Catalogues?.Values ?? []).Any(IsStored);

    private static T? Parse<T>(byte[] json, string place, FieldCheck check) where T : class
    {
        try
        {
            var read = JsonSerializer.Deserialize<T>(json, ScenarioFile.Json);
            return read is null || (read is object?[] all && all.Contains(null)) ? throw new JsonException() : read;
        }
        catch (JsonException wrong)
        {
            // The message repeats no value; the path is made of names and numbers.
            check.Fault(IssueType.Structure, place + (wrong.Path ?? "").TrimStart('$'),
                $"It is not of the form that a scenario has here ({typeof(T).Name}).");
            return null;
        }
    }
}
