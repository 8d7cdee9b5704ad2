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
        "EpisodeOfCare.period.end" => Ended,
        "EpisodeOfCare.careManager" => Coach,
        "EpisodeOfCare.team" => Entry,
        _ when expression.Contains("ips-ending-reason", StringComparison.Ordinal) => EndingReason,
        _ when expression.Contains("ips-transferred-to", StringComparison.Ordinal) => TransferredTo,
        _ when expression.Contains("ips-entry", StringComparison.Ordinal) => Entry,
        _ when expression.EndsWith("extension('period')", StringComparison.Ordinal) => PhaseSince,
        _ when expression.Contains("phase", StringComparison.Ordinal) => Phase,
        _ => IdentityCode,
    };
}
