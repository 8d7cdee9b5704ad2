using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Placement;

/// <summary>The person and the contract that the tests start from: a worker of 40 on 15 March 2026.</summary>
internal static class Given
{
    public static readonly DateOnly Today = new(2026, 3, 15);

    public static readonly PlacementRules Rules = PlacementRules.InForceOn(Today);

    public static readonly PlacementFacts Worker = new()
    {
        AsOf = Today,
        PlannedStart = Today.AddDays(7),
        Age = 40,
        Region = "07",
        HasCurrentEmployer = true,
        WorkRelatedness = WorkRelatedness.No,
        EarlierResponse = EarlierResponse.NoEarlierCare,
        ServiceLanguage = "fi",
        SubstanceUseTold = true,
        InitiatedBy = Initiator.Worker,
    };

    public static readonly PlacementFacts ModerateDisorder =
        Worker with { Level = CareLevel.Level3, Severity = Severity.Moderate };

    public static ContractScope Contract(
        ScopeOfCare scope = ScopeOfCare.PreventiveAndMedicalCare, params CoveredMethod[] methods) =>
        new("contract-1", "employer-a", "oh-provider-a", scope, new DateOnly(2025, 1, 1), null, methods);

    public static readonly ContractScope Preventive = Contract(ScopeOfCare.Preventive);

    public static PlacementDecision Decide(this PlacementFacts facts, params ContractScope[] contracts) =>
        PlacementPolicy.Decide(facts, contracts, RegionOffer.Unknown, Rules);

    public static string[] Objections(this PlacementDecision decision, CarePlace place) =>
        [.. decision.Reasons.Where(reason => reason.Place == place && !reason.For).Select(reason => reason.Code)];

    public static IEnumerable<string> Codes(this IEnumerable<Reason> reasons) => reasons.Select(reason => reason.Code);
}
