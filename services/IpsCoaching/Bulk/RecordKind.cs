using Fhir;

namespace IpsCoaching.Bulk;

/// <summary>What the lines of a spreadsheet of records are.</summary>
/// <param name="Fields">What a column of it may hold.</param>
/// <param name="Make">Makes what REST would be sent of one line.</param>
/// <param name="Places">The fields by what stands in the FHIRPath of their faults; the first that fits.</param>
internal sealed record RecordKind(
    string Code, IReadOnlyList<string> Fields, IReadOnlyList<string> Required, Func<RecordLine, Resource> Make,
    IReadOnlyList<(string InPath, string Field)> Places)
{
    public const string Client = ImportField.IdentityCode;

    public static IReadOnlyList<RecordKind> All { get; } =
    [
        new("jobs",
            [
                Client, "started", "ended", "end-reason", "occupation", "job-kind", "employer", "hours-a-day",
                "days-a-week", "work-class",
            ],
            [Client, "started", "occupation", "hours-a-day", "days-a-week", "work-class"], line => line.Job(),
            [
                ("effective.end", "ended"), ("effective", "started"), ("ips-job-end-reason", "end-reason"),
                ("value", "occupation"), ("ips-job-kind", "job-kind"), ("Employer", "employer"),
                ("87512-0", "hours-a-day"), ("74160-3", "days-a-week"), ("component", "work-class"),
                ("status", "started"),
            ]),
        new("employment-status", [Client, "started", "status"], [Client, "started", "status"], line => line.Status(),
            [("effective", "started"), ("value", "status")]),
        new("contacts", [Client, "day", "contact-kind", "place", "minutes", "employer"],
            ["day", "contact-kind", "place", "minutes"], line => line.Contact(),
            [
                ("period", "day"), ("type", "contact-kind"), ("class", "place"), ("length", "minutes"),
                ("ips-employer", "employer"),
            ]),
    ];

    /// <summary>The field to which a fault belongs, by where FHIR has it.</summary>
    public string FieldOf(string expression) =>
        Places.FirstOrDefault(one => expression.Contains(one.InPath, StringComparison.Ordinal)).Field ?? Client;
}
