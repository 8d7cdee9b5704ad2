using System.Globalization;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Placement;

/// <summary>One row of placement-cases.csv: what its head says a reader finds there.</summary>
public sealed record PlacementCase(IReadOnlyList<string> Columns)
{
    public string Number => Columns[0];

    /// <summary>Row or section of the domain notes, or the source document.</summary>
    public string Source => Columns[1];

    public IReadOnlyList<string> Reasons => Items(Columns[10]);

    public override string ToString() => $"{Number} {Source}";

    internal static IReadOnlyList<PlacementCase> All { get; } = Read();

    /// <summary>The decision, overridden where the case says so; null where the override is refused.</summary>
    internal (PlacementDecision? Decision, IReadOnlyList<Reason> Refused) Decide()
    {
        var decision = PlacementPolicy.Decide(Facts(), Contracts(), Offer(), Given.Rules);
        if (Items(Columns[5]) is not [var place, .. var codes])
            return (decision, []);
        return new PlacementOverride(
                Codes.Parse<CarePlace>(place)!.Value, codes.ToDictionary(code => code, code => $"answer to {code}"))
            .Of(decision, Given.Rules);
    }

    private PlacementFacts Facts() => Items(Columns[2]).Aggregate(Given.Worker, (facts, item) =>
    {
        var (name, value) = Pair(item);
        return (name, value) switch
        {
            ("emergency", _) => facts with { Emergency = true },
            ("crisis", _) => facts with { AcuteCrisis = true },
            ("flag", _) => facts with { SafetyFlag = true },
            ("chooses-region", _) => facts with { WorkerChoosesRegion = true },
            ("level", _) => facts with { Level = (CareLevel)Whole(value) },
            ("severity", _) => facts with { Severity = Code<Severity>(value) },
            ("disorder", _) => facts with { Disorder = value == "yes" },
            ("phq-9" or "gad-7" or "audit", _) => facts with { Scores = [.. facts.Scores, new(name, Whole(value))] },
            ("work", _) => facts with { WorkRelatedness = Code<WorkRelatedness>(value) },
            ("months", _) => facts with { SymptomMonths = Whole(value) },
            ("response", "unknown") => facts with { EarlierResponse = null },
            ("response", _) => facts with { EarlierResponse = Code<EarlierResponse>(value) },
            ("allowance-days", _) => facts with { AllowanceDays = Whole(value) },
            ("recurrence", _) => facts with { Recurrence = value == "yes" },
            ("age", "unknown") => facts with { Age = null },
            ("age", _) => facts with { Age = Whole(value) },
            ("age-now", _) => facts with { AgeWhenNeedFound = Whole(value) },
            ("asks", _) => facts with { MethodAskedFor = value },
            ("urgency", _) => facts with { UrgencyAskedFor = Code<Urgency>(value) },
            ("region", "unknown") => facts with { Region = null },
            ("municipality", _) => facts with { Municipality = value },
            ("employer", "unknown") => facts with { HasCurrentEmployer = null },
            ("employer", _) => facts with { HasCurrentEmployer = value == "yes" },
            ("referrer", _) => facts with { ReferrerRoles = [value] },
            ("referring", _) => facts with { ReferringOrganisation = value },
            ("language", "unknown") => facts with { ServiceLanguage = null },
            ("language", _) => facts with { ServiceLanguage = value },
            ("initiator", "unknown") => facts with { InitiatedBy = null },
            ("substance-use", "unknown") => facts with { SubstanceUseTold = false },
            ("starts", _) => facts with { PlannedStart = Day(value) },
            ("interpreter", "no") => facts with { NeedsInterpreter = false },
            ("interpreter", _) => facts with { NeedsInterpreter = true },
            ("hoitoonohjaus", _) => facts with { InitiatedBy = Initiator.Employer },
            ("work-goal", _) => facts with { WorkIsGoal = true },
            ("minor-forbids", _) => facts with { MinorForbidsInforming = true },
            ("diagnosed", _) => facts with { Psychotherapy = facts.Psychotherapy with { DiagnosedOn = Day(value) } },
            ("cared-months", _) =>
                facts with { Psychotherapy = facts.Psychotherapy with { MonthsOfCare = Whole(value) } },
            ("statement", _) =>
                facts with { Psychotherapy = facts.Psychotherapy with { PsychiatristsStatement = true } },
            ("threatened", _) =>
                facts with { Psychotherapy = facts.Psychotherapy with { WorkOrStudyThreatened = true } },
            ("alternatives", _) =>
                facts with { Psychotherapy = facts.Psychotherapy with { AlternativesConsidered = true } },
            _ => throw new InvalidDataException($"Case {Number}: the fact '{item}' is not known."),
        };
    });

    private List<ContractScope> Contracts() => [.. Parts(Columns[3]).Select((text, i) =>
        Items(text).Aggregate(
            Given.Preventive with { ContractId = $"contract-{i + 1}", Provider = $"provider-{i + 1}" },
            (contract, item) =>
            {
                var (name, value) = Pair(item);
                return name switch
                {
                    "preventive" => contract,
                    "medical" => contract with { Scope = ScopeOfCare.PreventiveAndMedicalCare },
                    "from" => contract with { From = Day(value) },
                    "until" => contract with { Until = Day(value) },
                    "survey-until" => contract with { WorkplaceSurvey = new(contract.From, Day(value)) },
                    "referrer" or "referring" => Restricted(contract, name, value),
                    "plan-until" => contract with { ActionPlan = new(contract.From, Day(value)) },
                    _ => contract with { Methods = [.. contract.Methods, Covered(name, value)] },
                };
            }))];

    // "klt" is without a quota, "klt 5-2" has a quota of 5 of which 2 are used.
    private static CoveredMethod Covered(string code, string value) => value.Split('-') is [var quota, var used]
        ? new(code, Whole(quota), Whole(used))
        : new(code, null, 0);

    // "referrer klt physician" lets physicians refer to klt, "referring klt unit" those of that organisation.
    private static ContractScope Restricted(ContractScope contract, string name, string value)
    {
        var (method, who) = Pair(value);
        return contract with
        {
            Methods = [.. contract.Methods.Select(item => item.Code != method ? item
                : name == "referrer" ? item with { ReferrerRoles = [.. item.ReferrerRoles, who] }
                : item with { ReferrerOrganisations = [.. item.ReferrerOrganisations, who] })],
        };
    }

    private RegionOffer Offer()
    {
        return Parts(Columns[4]) is [var learnt, .. var units]
            ? new(Day(learnt), [.. units.Select(Unit)])
            : RegionOffer.Unknown;
    }

    private OfferedUnit Unit(string text)
    {
        var items = Items(text);
        return items.Skip(2).Aggregate(new OfferedUnit(items[0], Code<CarePlace>(items[1])), (unit, item) =>
        {
            var (name, value) = Pair(item);
            return name switch
            {
                "provider" => unit with { Provider = value },
                "gives" => unit with { Methods = [.. unit.Methods, value] },
                "from-age" => unit with { MinAge = Whole(value) },
                "to-age" => unit with { MaxAge = Whole(value) },
                "waits" => unit with { Capacity = Capacity.WaitingList, WaitingDays = Whole(value) },
                "no-capacity" => unit with { Capacity = Capacity.NoCapacity, WaitingDays = Whole(value) },
                "told" => unit with { LearntOn = Day(value) },
                "serves" => unit with { Municipalities = [.. unit.Municipalities, Served(value)] },
                _ => throw new InvalidDataException($"Case {Number}: '{item}' of a unit is not known."),
            };
        });
    }

    // "serves 504" always, "serves 504<2023-01-01" until the day before.
    private static ServedMunicipality Served(string value) => value.Split('<') is [var code, var end]
        ? new(code, new(DateOnly.MinValue, Day(end).AddDays(-1)))
        : new(value, new(DateOnly.MinValue));

    private static IReadOnlyList<PlacementCase> Read()
    {
        using var file = typeof(PlacementCase).Assembly.GetManifestResourceStream("placement-cases.csv")!;
        using var text = new StreamReader(file);
        return [.. text.ReadToEnd().Split('\n').Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))
            .Select(line => new PlacementCase([.. line.Split(';').Select(column => column.Trim())]))];
    }

    internal static string[] Items(string column) => column is "-" ? [] : column.Split(',', Trimmed);

    private static string[] Parts(string column) => column is "-" ? [] : column.Split('|', Trimmed);

    private static (string Name, string Value) Pair(string item) =>
        item.Split(' ', 2) is [var name, var value] ? (name, value) : (item, "0");

    private static T Code<T>(string code) where T : struct, Enum =>
        Codes.Parse<T>(code) ?? throw new InvalidDataException($"'{code}' is no {typeof(T).Name}.");

    private static int Whole(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static DateOnly Day(string value) => DateOnly.Parse(value, CultureInfo.InvariantCulture);

    private const StringSplitOptions Trimmed =
        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
}
