using System.Globalization;
using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// One line of an import: <c>number</c>, <c>employer</c> and <c>provider</c> (identifiers), <c>employer-name</c>,
/// <c>scope</c>, <c>from</c>, <c>until</c>, and <c>methods</c> such as <c>klt:8 guided-self-care</c>, with the visits of a
/// year behind the colon. <c>referrers</c> says who may refer to a method, such as
/// <c>klt:urn:oid:1.2.246.537.6.140|CODE klt:oh-provider-b</c>: a profession by system and code, or an organisation.
/// <c>survey-from</c>, <c>survey-until</c>, <c>plan-from</c> and <c>plan-until</c> say when the workplace survey and the
/// action plan are in force. What no column tells stays as it is.
/// </summary>
internal sealed class ContractLine(IReadOnlyDictionary<string, string> fields)
{
    public static readonly IReadOnlyList<string> Required = ["number", "employer", "provider", "scope", "from"];

    public static readonly IReadOnlyList<string> All =
    [
        .. Required, "until", "employer-name", "methods", "referrers", "survey-from", "survey-until", "plan-from",
        "plan-until",
    ];

    private static readonly (string Type, string Column)[] Preconditions =
        [("workplace-survey", "survey"), ("action-plan", "plan")];

    public Identifier Number => new(ContractNumbers.System, Of("number"));

    public Identifier Employer => new(Systems.Organisation, Of("employer"));

    public Identifier Provider => new(Systems.Organisation, Of("provider"));

    public string? EmployerName => Of("employer-name");

    /// <summary>The codes of the methods that the line covers.</summary>
    public IEnumerable<string> MethodCodes => Methods().OfType<CoveredMethod>().Select(method => method.Code);

    /// <summary>What can be seen in the line alone; the rest is the rule's to judge.</summary>
    public IEnumerable<FhirIssue> Faults()
    {
        foreach (var name in Required.Where(name => Of(name) is null))
            yield return Refusal.Issue(IssueType.Required, name, "This column may not be empty.");
        foreach (var name in All.Where(name => name.EndsWith("from", StringComparison.Ordinal)
            || name.EndsWith("until", StringComparison.Ordinal)))
            if (Of(name) is { } day && !IsDay(day))
                yield return Refusal.Issue(IssueType.Value, name, "A day is written as in 2026-01-31.");
        if (Of("scope") is { } scope && Codes.Parse<ScopeOfCare>(scope) is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, "scope",
                $"The scope is one of {string.Join(", ", Enum.GetValues<ScopeOfCare>().Select(one => one.Code()))}.");
        foreach (var (_, column) in Preconditions)
            if (Of($"{column}-until") is not null && Of($"{column}-from") is null)
                yield return Refusal.Issue(IssueType.Required, $"{column}-from", "What ends has begun on a day.");
        if (Methods().Any(method => method is null))
            yield return Refusal.Issue(IssueType.Value, "methods",
                "Methods are codes with a blank between them; the visits of a year stand behind a colon, as in klt:8.");
        if (Referrers().Any(one => one.Referrer.Length == 0
            || !Methods().Any(method => method is null || method.Code == one.Method)))
            yield return Refusal.Issue(IssueType.Value, "referrers",
                "A method of this line, a colon, and a profession (system|code) or an organisation, with a blank between "
                + "any two, as in klt:oh-provider-b.");
    }

    public void Fill(Contract contract, string employer, string provider)
    {
        contract.Status = ContractResourceStatusCodes.Executed;
        contract.Identifier = [Number];
        contract.Subject = [new ResourceReference($"Organization/{employer}")];
        contract.Authority = [new ResourceReference($"Organization/{provider}")];
        contract.SubType = [new CodeableConcept(Terms.ContractScope, Of("scope"))];
        contract.Applies = new Period(
            new FhirDateTime(Of("from")!), Column("until", contract.Applies?.EndElement, day => new FhirDateTime(day)));
        var former = contract.Term.Where(term => term.Asset.Count > 0).ToList();
        contract.Term =
        [
            .. Column("methods", former, _ => [Covered(former)]) ?? [],
            .. Preconditions.Where(one => Of($"{one.Column}-from") is not null)
                .Select(one => Precondition(one.Type, one.Column)),
            .. contract.Term.Where(term => term.Asset.Count == 0 && !Preconditions.Any(one =>
                fields.ContainsKey($"{one.Column}-from") && term.Type?.Has(Terms.ContractTerm, one.Type) == true)),
        ];
    }

    // What no column tells stays as it is; an empty one takes it away.
    private T? Column<T>(string name, T? former, Func<string, T> told) where T : class =>
        !fields.ContainsKey(name) ? former : Of(name) is { } value ? told(value) : null;

    private Contract.TermComponent Precondition(string type, string column) => new()
    {
        Type = new CodeableConcept(Terms.ContractTerm, type),
        Offer = new Contract.ContractOfferComponent { Text = type },
        Applies = new Period(
            new FhirDateTime(Of($"{column}-from")!), Of($"{column}-until") is { } end ? new FhirDateTime(end) : null),
    };

    private Contract.TermComponent Covered(IReadOnlyList<Contract.TermComponent> former) => new()
    {
        Offer = new Contract.ContractOfferComponent { Text = "Methods" },
        Asset =
        [
            new Contract.ContractAssetComponent
            {
                ValuedItem = [.. Methods().OfType<CoveredMethod>().Select(method => new Contract.ValuedItemComponent
                {
                    Entity = new CodeableConcept(Systems.Method, method.Code),
                    Quantity = method.Quota is { } quota ? new Quantity { Value = quota } : null,
                    Extension = [.. WhoMayRefer(method.Code, former)],
                })],
            },
        ],
    };

    private IEnumerable<Extension> WhoMayRefer(string method, IReadOnlyList<Contract.TermComponent> former) =>
        fields.ContainsKey("referrers")
            ? Referrers().Where(one => one.Method == method).Select(one => MayRefer(one.Referrer))
            : former.SelectMany(term => term.Asset).SelectMany(asset => asset.ValuedItem)
                .Where(item => item.Entity is CodeableConcept entity && entity.Has(Systems.Method, method))
                .SelectMany(item => item.Extension).Where(extension => extension.Url == Terms.MayReferExtension);

    private IEnumerable<CoveredMethod?> Methods()
    {
        foreach (var method in (Of("methods") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            yield return method.Split(':') switch
            {
                [{ Length: > 0 } code] => new CoveredMethod(code, null, Used: 0),
                [{ Length: > 0 } code, var visits] when int.TryParse(
                    visits, NumberStyles.None, CultureInfo.InvariantCulture, out var quota)
                    => new CoveredMethod(code, quota, Used: 0),
                _ => null,
            };
    }

    private IEnumerable<(string Method, string Referrer)> Referrers() =>
        (Of("referrers") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split(':', 2) is [var method, var referrer] ? (method, referrer) : (text, ""));

    private static Extension MayRefer(string referrer) => new()
    {
        Url = Terms.MayReferExtension,
        Value = referrer.Split('|') is [var system, var code]
            ? new CodeableConcept(system, code)
            : new ResourceReference { Identifier = new Identifier(Systems.Organisation, referrer) },
    };

    private string? Of(string name) => fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
