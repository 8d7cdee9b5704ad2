using System.Globalization;
using System.Text.RegularExpressions;
using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;
using ServiceKit.Tables;

namespace IpsCoaching.Bulk;

/// <summary>What is wrong with a field of a line; never with its content, which tells of a person.</summary>
internal sealed record LineFault(string Field, IssueType Code, string Message);

/// <summary>One line of a spreadsheet, read as a case. Pure.</summary>
/// <param name="Case">The case as it would be sent by REST, with the person along.</param>
/// <param name="Ending">How the case ended; null for one that goes on.</param>
/// <param name="Entry">How the person came, if the line says so.</param>
/// <param name="Coach">The number of the coach's own, if the line names one.</param>
/// <param name="IsDoubtful">Whether the check character of the identity code is another one.</param>
internal sealed partial record ImportLine(
    EpisodeOfCare Case, LineEnding? Ending, string? Entry, string Code, string? Coach, bool IsDoubtful,
    IReadOnlyList<LineFault> Faults)
{
    private static readonly string[] Yes = ["1", "x", "true", "kyllä", "ja", "yes"],
        No = ["", "0", "false", "ei", "nej", "no"];

    /// <param name="value">The content of a field, trimmed; null where no column holds it.</param>
    public static ImportLine Read(Func<string, string?> value, string defaultEntry)
    {
        List<LineFault> faults = [];
        var code = value(ImportField.IdentityCode)?.ToUpperInvariant() ?? "";
        if (code.Length != 11 || !IdentityCodes.AreIn(code))
            faults.Add(new(ImportField.IdentityCode, IssueType.Value, "It is no Finnish personal identity code."));
        var entered = Day(ImportField.Entered) is { } day ? new FhirDateTime(CaseRule.Day(day)) : null;
        var episode = new EpisodeOfCare
        {
            Status = EpisodeOfCareStatus.Active, Patient = new ResourceReference("#person"),
            Period = new Period(entered, null), Contained = [PersonOf(value, code)],
        };
        var entry = Choice(ImportField.Entry, [CaseEntry.Self, CaseEntry.CareTeam]);
        episode.SetExtension(CaseEntry.ExtensionUrl, new Coding(CaseEntry.SystemUrl, entry ?? defaultEntry));
        AddPhases();
        AddRetention();
        return new ImportLine(
            episode, EndingOf(), entry, code, value(ImportField.Coach) is { Length: > 0 } coach ? coach : null,
            !HasRightSign(code), faults);

        void AddPhases()
        {
            if (entered is not null) episode.Extension.Add(IpsPhase.Agreement.From(entered.Clone()));
            var phase = Choice(ImportField.Phase, IpsPhase.All.Select(one =>
                new TranslatedName(one.Code, one.Finnish, one.Swedish, one.English)));
            if (phase is null || phase == IpsPhase.Agreement.Code) return;
            if (Day(ImportField.PhaseSince) is { } since)
                episode.Extension.Add(IpsPhase.All.First(one => one.Code == phase)
                    .From(new FhirDateTime(CaseRule.Day(since))));
            else if (faults.TrueForAll(fault => fault.Field != ImportField.PhaseSince))
                faults.Add(new(ImportField.PhaseSince, IssueType.Required, "Since when the case is in this phase."));
        }

        void AddRetention()
        {
            var text = value(ImportField.Retention) ?? "";
            if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase))
                episode.SetExtension(CaseEntry.RetentionUrl, new FhirBoolean(true));
            else if (!No.Contains(text, StringComparer.OrdinalIgnoreCase))
                faults.Add(new(ImportField.Retention, IssueType.Value, "Yes or no: x, 1, kyllä, ja, yes, or nothing."));
        }

        LineEnding? EndingOf()
        {
            var (ended, reason) = (Day(ImportField.Ended), Choice(ImportField.EndingReason, CaseEnding.All));
            if (string.IsNullOrEmpty(value(ImportField.Ended)))
            {
                if (reason is not null)
                    faults.Add(new(ImportField.Ended, IssueType.Required, "When the case ended."));
                return null;
            }

            if (reason is null && string.IsNullOrEmpty(value(ImportField.EndingReason)))
                faults.Add(new(ImportField.EndingReason, IssueType.Required, "Why the case ended."));
            return ended is null || reason is null ? null : new LineEnding(ended.Value, reason,
                value(ImportField.TransferredTo) is { Length: > 0 } receiver ? receiver : null);
        }

        DateOnly? Day(string field)
        {
            if (value(field) is not { Length: > 0 } text) return null;
            if (CsvReader.Day(text) is { } day) return day;
            faults.Add(new(field, IssueType.Value, "A day, as 31.1.2026 or 2026-01-31."));
            return null;
        }

        string? Choice(string field, IEnumerable<TranslatedName> names)
        {
            if (value(field) is not { Length: > 0 } text) return null;
            var known = names.ToList();
            var code = known.Find(name => ((string[])[name.Code, name.Finnish, name.Swedish, name.English])
                .Contains(text, StringComparer.OrdinalIgnoreCase))?.Code;
            if (code is null)
                faults.Add(new(field, IssueType.CodeInvalid,
                    $"One of {string.Join(", ", known.Select(name => name.Code))}, or its Finnish, Swedish or "
                    + "English name."));
            return code;
        }
    }

    private static Patient PersonOf(Func<string, string?> value, string code)
    {
        var person = new Patient { Id = "person", Identifier = [new Identifier(Systems.IdentityCode, code)] };
        var name = new HumanName { Use = NameUse.Official };
        if (value(ImportField.Family) is { Length: > 0 } family) name.Family = family;
        if (value(ImportField.Given) is { Length: > 0 } given)
            name.GivenElement.AddRange(given.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(one => new FhirString(one)));
        if (name.Family is not null || name.GivenElement.Count > 0) person.Name.Add(name);
        return person;
    }

    // Source: domain.md §2.1 [V]; the century sign is not in it.
    private static bool HasRightSign(string code) => Digits().Match(code) is { Success: true } match
        && "0123456789ABCDEFHJKLMNPRSTUVWXY"[(int)(long.Parse(
            match.Groups["day"].Value + match.Groups["number"].Value, CultureInfo.InvariantCulture) % 31)] == code[10];

    [GeneratedRegex(@"^(?<day>[0-9]{6}).(?<number>[0-9]{3}).\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();
}
