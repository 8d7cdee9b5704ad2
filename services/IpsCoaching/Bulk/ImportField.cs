using System.Globalization;
using Fhir;
using IpsCoaching.Cases;

namespace IpsCoaching.Bulk;

/// <summary>What a column of a spreadsheet may hold; the caller says which column holds which.</summary>
internal static class ImportField
{
    public const string IdentityCode = "identity-code", Family = "family", Given = "given", Entered = "entered",
        Entry = "entry", Phase = "phase", PhaseSince = "phase-since", Retention = "work-retention", Coach = "coach",
        Ended = "ended", EndingReason = "ending-reason", TransferredTo = "transferred-to";

    public static IReadOnlyList<string> All { get; } =
    [
        IdentityCode, Family, Given, Entered, Entry, Phase, PhaseSince, Retention, Coach, Ended, EndingReason,
        TransferredTo,
    ];

    /// <summary>Terhikki numbers of professionals (domain.md §2.2 [V]).</summary>
    public const string CoachSystem = "urn:oid:1.2.246.537.26";

    public static IReadOnlyList<string> Required { get; } = [IdentityCode, Entered];

    /// <summary>The field to which a fault of the case belongs, by where FHIR has it.</summary>
    public static string Of(string expression) => expression switch
    {
        "EpisodeOfCare.period.start" => Entered,
        "EpisodeOfCare.period.end" or "EpisodeOfCare.status" => Ended,
        "EpisodeOfCare.careManager" => Coach,
        "EpisodeOfCare.team" => Entry,
        _ when expression.Contains("ips-ending-reason", StringComparison.Ordinal) => EndingReason,
        _ when expression.Contains("ips-refusal", StringComparison.Ordinal) => Ended,
        _ when expression.Contains("ips-transferred-to", StringComparison.Ordinal) => TransferredTo,
        _ when expression.Contains("ips-work-retention", StringComparison.Ordinal) => Retention,
        _ when expression.Contains("ips-entry", StringComparison.Ordinal) => Entry,
        _ when expression.EndsWith("extension('period')", StringComparison.Ordinal) => PhaseSince,
        _ when expression.Contains("phase", StringComparison.Ordinal) => Phase,
        _ => IdentityCode,
    };

    /// <summary>
    /// The faults of a case without those of its first phase, which is made of the days of the case and so repeats what is
    /// wrong with them.
    /// </summary>
    public static IEnumerable<FhirIssue> Own(IReadOnlyList<FhirIssue> issues, EpisodeOfCare episode)
    {
        if (!issues.Any(issue => issue.Expression.StartsWith("EpisodeOfCare.period.", StringComparison.Ordinal)))
            return issues;
        var first = string.Create(CultureInfo.InvariantCulture,
            $"EpisodeOfCare.extension[{episode.Extension.FindIndex(one => one.Url == IpsPhase.ExtensionUrl)}].");
        return issues.Where(issue => issue.Expression != "EpisodeOfCare.extension('ips-phase')"
            && !issue.Expression.StartsWith(first, StringComparison.Ordinal));
    }
}
