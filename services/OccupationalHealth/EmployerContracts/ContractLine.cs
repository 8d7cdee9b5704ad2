using System.Globalization;
using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Tables;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// One line of an import: <c>number</c>, <c>employer</c> and <c>provider</c> (identifiers), <c>employer-name</c>,
/// <c>scope</c>, <c>from</c>, <c>until</c>, <c>status</c> (a code of FHIR's contract-status), and <c>methods</c> such as
/// <c>klt:8 guided-self-care</c>, with the visits of a year behind the colon. <c>referrers</c> says who may refer to a
/// method, such as <c>klt:urn:oid:1.2.246.537.6.140|CODE klt:oh-provider-b</c>: a profession by system and code, or an
/// organisation. <c>survey-from</c>, <c>survey-until</c>, <c>plan-from</c> and <c>plan-until</c> say when the workplace
/// survey and the action plan are in force. What no column tells stays as it is.
/// </summary>
/// <param name="fields">What it tells by column, trimmed.</param>
internal sealed class ContractLine(IReadOnlyDictionary<string, string> fields)
{
    public static readonly IReadOnlyList<string> Required = ["number", "employer", "provider", "scope", "from"];

    public static readonly IReadOnlyList<string> All =
    [
        .. Required, "until", "status", "employer-name", "methods", "referrers", "survey-from", "survey-until",
        "plan-from", "plan-until",
    ];

    /// <summary>What a contract presupposes, by the code of its term, and how its columns begin.</summary>
    public static readonly IReadOnlyList<(string Type, string Column)> Preconditions =
        [("workplace-survey", "survey"), ("action-plan", "plan")];

    public Identifier Number => new(ContractNumbers.System, Of("number"));

    public Identifier Employer => new(Systems.Organisation, Of("employer"));

    public Identifier Provider => new(Systems.Organisation, Of("provider"));

    public string? EmployerName => Of("employer-name");

    /// <summary>Null where the line tells none.</summary>
    public ContractResourceStatusCodes? Status => Codes.Parse<ContractResourceStatusCodes>(Of("status"));

    /// <summary>The methods that the line covers; null for one that cannot be read.</summary>
    public IEnumerable<CoveredMethod?> Methods => Words("methods").Select(word => word.Split(':') switch
    {
        [{ Length: > 0 } code] => new CoveredMethod(code, null, Used: 0),
        [{ Length: > 0 } code, var visits] when int.TryParse(
            visits, NumberStyles.None, CultureInfo.InvariantCulture, out var quota)
            => new CoveredMethod(code, quota, Used: 0),
        _ => null,
    });

    /// <summary>Who may refer to which method; null for what cannot be read.</summary>
    public IEnumerable<(string Method, DataType Who)?> Referrers => Words("referrers").Select(
        (string Method, DataType Who)? (word) => word.Split(':', 2) is not [var method, { Length: > 0 } who] ? null
            : who.Split('|') switch
            {
                [var organisation] => (method, new ResourceReference
                {
                    Identifier = new Identifier(Systems.Organisation, organisation),
                }),
                [{ Length: > 0 } system, { Length: > 0 } code] => (method, new CodeableConcept(system, code)),
                _ => null,
            });

    /// <summary>Whether a column tells this, be it that there is none.</summary>
    public bool Tells(string column) => fields.ContainsKey(column);

    /// <summary>What a column tells; null for nothing.</summary>
    public string? Of(string column) => fields.GetValueOrDefault(column) is { Length: > 0 } value ? value : null;

    /// <summary>The day that a column tells; null for none.</summary>
    public FhirDateTime? Day(string column) => Of(column) is { } text && CsvReader.Day(text) is { } day
        ? new FhirDateTime(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        : null;

    /// <summary>What can be seen in the line alone; the rest is the rule's to judge.</summary>
    public IEnumerable<FhirIssue> Faults()
    {
        foreach (var (name, text) in fields)
            if (!CsvReader.IsText(text))
                yield return Refusal.Issue(IssueType.Value, name, "It holds a control character, such as NUL.");
        foreach (var name in Required.Where(name => Of(name) is null))
            yield return Refusal.Issue(IssueType.Required, name, "This column may not be empty.");
        foreach (var name in All.Where(name => name.EndsWith("from", StringComparison.Ordinal)
            || name.EndsWith("until", StringComparison.Ordinal)))
            if (Of(name) is not null && Day(name) is null)
                yield return Refusal.Issue(IssueType.Value, name, "A day, as 31.1.2026 or 2026-01-31.");
        if (Of("scope") is { } scope && Codes.Parse<ScopeOfCare>(scope) is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, "scope", $"The scope is one of {Those<ScopeOfCare>()}.");
        if (Of("status") is not null && Status is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, "status",
                $"The status is one of {Those<ContractResourceStatusCodes>()}.");
        foreach (var (_, column) in Preconditions)
            if (Of($"{column}-until") is not null && Of($"{column}-from") is null)
                yield return Refusal.Issue(IssueType.Required, $"{column}-from", "What ends has begun on a day.");
        if (Methods.Any(method => method is null))
            yield return Refusal.Issue(IssueType.Value, "methods",
                "Methods are codes with a blank between them; the visits of a year stand behind a colon, as in klt:8.");
        if (Referrers.Any(one => one is not var (method, _)
            || !Methods.Any(covered => covered is null || covered.Code == method)))
            yield return Refusal.Issue(IssueType.Value, "referrers",
                "A method of this line, a colon, and a profession (system|code) or an organisation, with a blank between "
                + "any two, as in klt:oh-provider-b.");
    }

    private IEnumerable<string> Words(string column) =>
        (Of(column) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Those<T>() where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(value => value.Code()));
}
