using System.Globalization;
using System.Text.Json.Nodes;
using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth.Tests.Placement;

/// <summary>
/// The placement policy as a PlanDefinition and its reasons as a CodeSystem. What stands in them is what the policy
/// decides when it is run, and what its rules hold; nothing of it is written by hand but the names of the steps.
/// </summary>
internal static class PolicyOnPaper
{
    public static readonly DateOnly Day = new(2026, 11, 26);

    /// <summary>The lines of the policy in their order, each with the least facts by which it applies.</summary>
    public static (string Title, string System, string Code, Func<PlacementFacts, PlacementFacts> With)[] Steps { get; } =
    [
        ("Emergency", Fact, "emergency", facts => facts with { Emergency = true }),
        ("Acute crisis", Fact, "acute-crisis", facts => facts with { AcuteCrisis = true }),
        ("A disorder that asks for specialised care", "http://snomed.info/sct", "24484000",
            facts => facts with { Severity = Severity.Severe }),
        ("Level 4: a prolonged disorder", Terms.CareLevel, "level-4", facts => facts with { Level = CareLevel.Level4 }),
        ("Level 3: a disorder that needs treatment", Terms.CareLevel, "level-3",
            facts => facts with { Level = CareLevel.Level3 }),
        ("Level 2: strain or symptoms", Terms.CareLevel, "level-2", facts => facts with { Level = CareLevel.Level2 }),
    ];

    private static readonly (string Title, string? Scope, ContractScope[] Contracts)[] Cases =
    [
        ("Without occupational health", null, []),
        ("Preventive contract", "preventive", [Given.Preventive]),
        ("Contract with medical care", "preventive-and-medical-care", [Given.Contract()]),
    ];

    private static string Fact => Terms.PlacementFact;

    public static Bundle Make()
    {
        var bundle = new Bundle { Type = BundleType.Collection };
        foreach (var resource in (Resource[])[Plan(), ReasonCodes(), LevelsOfSeverity()])
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = $"{Canonicals.Base}/{resource.TypeName}/{resource.Id}", Resource = resource,
            });
        return bundle;
    }

    /// <summary>What the policy decides about facts under contracts, by the rules of the day.</summary>
    public static PlacementDecision Decide(PlacementFacts facts, params ContractScope[] contracts) =>
        PlacementPolicy.Decide(
            facts with { HasCurrentEmployer = contracts.Length > 0, AsOf = Day, PlannedStart = Day.AddDays(7) },
            contracts, RegionOffer.Unknown, PlacementRules.InForceOn(Day));

    // By the diagnosis' severity alone, where nobody has told the level.
    private static ConceptMap LevelsOfSeverity()
    {
        var map = new ConceptMap
        {
            Id = "severity-to-care-level", Url = $"{Canonicals.Base}/ConceptMap/severity-to-care-level",
            Version = PlacementRules.InForceOn(Day).Version, Name = "SeverityToCareLevel",
            Title = "Severity to care level", Status = PublicationStatus.Active, Date = "2026-11-26",
            Publisher = "Occupational Mental Health",
            Description = "The level of care that the severity of a condition proposes where no level was told and nothing "
                + "else speaks for another; a professional decides.",
            Source = new FhirUri("http://hl7.org/fhir/ValueSet/condition-severity"),
        };
        map.Group.Add(new ConceptMap.GroupComponent { Source = Terms.Snomed, Target = Terms.CareLevel });
        foreach (var (code, severity) in ReadFacts.SeverityOfCode.OrderBy(pair => pair.Value))
        {
            var element = new ConceptMap.SourceElementComponent { Code = code };
            element.Target.Add(new ConceptMap.TargetElementComponent
            {
                Code = PlacementRules.InForceOn(Day).LevelOf(severity).Code(),
                Equivalence = ConceptMapEquivalence.Relatedto,
            });
            map.Group[0].Element.Add(element);
        }

        return map;
    }

    private static PlanDefinition Plan() => new()
    {
        Id = "placement", Url = Terms.PlacementModule, Version = PlacementRules.InForceOn(Day).Version,
        Name = "Placement", Title = "Where care is given", Status = PublicationStatus.Active, Date = "2026-11-26",
        Publisher = "Occupational Mental Health",
        Type = new CodeableConcept("http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule"),
        Description = "The first action that applies decides, and nothing below it holds it up. Within it each action is "
            + "a contract, with the place of care that is proposed for a worker of 40 years and the reasons that are given. "
            + "It proposes; a named licensed professional confirms.",
        RelatedArtifact = [.. Sources()],
        Action = [.. Steps.Select(Step)],
    };

    private static PlanDefinition.ActionComponent Step(
        (string Title, string System, string Code, Func<PlacementFacts, PlacementFacts> With) step, int index) => new()
        {
            Prefix = (index + 1).ToString(CultureInfo.InvariantCulture), Title = step.Title,
            Code = [new CodeableConcept(step.System, step.Code)],
            Action = [.. Cases.Select(one => Under(one.Title, one.Scope, Decide(step.With(Given.Worker), one.Contracts)))],
        };

    private static PlanDefinition.ActionComponent Under(string title, string? scope, PlacementDecision decision) => new()
    {
        Title = title,
        Code =
        [
            .. scope is null ? [] : (CodeableConcept[])[new CodeableConcept(Terms.ContractScope, scope)],
            new CodeableConcept(Terms.CarePlace, decision.Place.Code()),
        ],
        Reason = [.. decision.Need.Reasons.Concat(decision.Chosen.Reasons).Select(reason => reason.Code).Distinct()
            .Select(code => new CodeableConcept(Terms.PlacementReason, code))],
    };

    private static CodeSystem ReasonCodes() => new()
    {
        Id = "placement-reason", Url = Terms.PlacementReason, Version = "1.0.0", Name = "PlacementReason",
        Title = "Placement reason", Status = PublicationStatus.Active, Date = "2026-11-26",
        Publisher = "Occupational Mental Health", CaseSensitive = true, Content = CodeSystemContentMode.Complete,
        Description = "Why care is placed where it is. Words in braces are filled in by the decision.",
        Concept =
        [
            .. OccupationalHealth.Placement.Reasons.All.Select(reason => new CodeSystem.ConceptDefinitionComponent
            {
                Code = reason.Code, Display = reason.Text.En,
                Designation =
                [
                    new() { Language = "fi", Value = reason.Text.Fi }, new() { Language = "sv", Value = reason.Text.Sv },
                ],
            }),
        ],
    };

    // Every dated rule with the day from which it holds, its value where that is one word, and its source.
    private static IEnumerable<RelatedArtifact> Sources()
    {
        var file = JsonNode.Parse(TestServers.ProjectFolder.Text(
            "services/OccupationalHealth/Placement/placement-rules.json"))!.AsObject();
        var instruments = file["instruments"]!.AsObject();
        foreach (var (name, rules) in file.Where(rule => rule.Value is JsonArray).Concat(instruments))
            foreach (var rule in rules!.AsArray())
                yield return new RelatedArtifact
                {
                    Type = RelatedArtifactType.Citation,
                    Label = name,
                    Display = rule!["value"] is JsonValue value
                        ? $"{name} = {value}, from {rule["from"]}" : $"{name}, from {rule["from"]}",
                    Citation = (string?)rule["source"],
                };
    }
}
