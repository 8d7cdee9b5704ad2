using Fhir;

namespace IpsCoaching.Bulk;

/// <summary>What the lines of a spreadsheet of records are.</summary>
/// <param name="Fields">What a column of it may hold.</param>
/// <param name="Make">Makes what REST would be sent of one line.</param>
/// <param name="Day">The field of the day by which a case is found.</param>
/// <param name="NoCase">What the rule of the type blames when there is no such case.</param>
/// <param name="Places">The fields by what stands in the FHIRPath of their faults; the first that fits.</param>
internal sealed record RecordKind(
    string Code, IReadOnlyList<string> Fields, IReadOnlyList<string> Required, Func<RecordLine, Resource> Make,
    string Day, string NoCase, IReadOnlyList<(string InPath, string Field)> Places)
{
    public const string Client = ImportField.IdentityCode, Jobs = "jobs", Contacts = "contacts";

    /// <summary>The id that a spreadsheet itself gives a contact.</summary>
    public const string OwnId = "own-id";

    /// <summary>The field that tells a record from others of its person.</summary>
    public string Key => Code == Contacts ? OwnId : Day;

    public static IReadOnlyList<RecordKind> All { get; } =
    [
        new(Jobs,
            [
                Client, "started", "ended", "end-reason", "occupation", "job-kind", "employer", "hours-a-day",
                "days-a-week", "work-class",
            ],
            [Client, "started", "occupation", "hours-a-day", "days-a-week", "work-class"], line => line.Job(),
            "started", "Observation.subject",
            [
                ("effective.end", "ended"), ("effective", "started"), ("ips-job-end-reason", "end-reason"),
                ("value", "occupation"), ("ips-job-kind", "job-kind"), ("Employer", "employer"),
                ("74160-3", "days-a-week"), ("85104-8", "work-class"), ("component", "hours-a-day"),
                ("status", "started"),
            ]),
        new("employment-status", [Client, "started", "status"], [Client, "started", "status"], line => line.Status(),
            "started", "Observation.subject", [("effective", "started"), ("value", "status")]),
        new(Contacts, [Client, OwnId, "day", "contact-kind", "place", "minutes", "employer"],
            ["day", "contact-kind", "place", "minutes"], line => line.Contact(), "day", "Encounter.episodeOfCare",
            [
                ("period", "day"), ("type", "contact-kind"), ("class", "place"), ("length", "minutes"),
                ("ips-employer", "employer"), ("ips-met-team", "contact-kind"),
            ]),
    ];

    /// <summary>A fault of the rule as one of the line, with the field to which it belongs by where FHIR has it.</summary>
    /// <param name="isKnown">Whether the client is one whom we know: then the day is wrong where there is no case.</param>
    public LineFault FaultOf(FhirIssue issue, bool isKnown) => isKnown && issue.Expression == NoCase
        ? new LineFault(Day, issue.Code, "No case of the client was open on that day.")
        : new LineFault(
            Places.FirstOrDefault(one => issue.Expression.Contains(one.InPath, StringComparison.Ordinal)).Field ?? Client,
            issue.Code, issue.Message);
}
