namespace OccupationalHealth.Placement;

/// <summary>
/// The employer's contract as far as it decides the care place. Each question is answered by a reason for or against,
/// so that whoever overrides a placement sees all that stood in the way.
/// </summary>
public sealed record ContractScope(
    string ContractId,
    string Employer,
    string Provider,
    ScopeOfCare Scope,
    DateOnly From,
    DateOnly? Until,
    IReadOnlyList<CoveredMethod> Methods)
{
    /// <summary>The workplace survey (työpaikkaselvitys) that the contract presupposes; null is not known.</summary>
    public Validity? WorkplaceSurvey { get; init; }

    /// <summary>The action plan (toimintasuunnitelma) that the contract presupposes; null is not known.</summary>
    public Validity? ActionPlan { get; init; }

    public bool IsInForceOn(DateOnly date) => new Validity(From, Until).Includes(date);

    public bool Overlaps(ContractScope other) =>
        !(From > other.Until) && !(other.From > Until);

    public Reason InForce(DateOnly date) =>
        date < From ? Reasons.ContractNotYetInForce.On(From)
        : date > Until ? Reasons.ContractEnded.On(Until.Value)
        : Reasons.ContractInForce;

    public Reason MedicalCare() =>
        Scope is ScopeOfCare.PreventiveAndMedicalCare ? Reasons.MedicalCareIncluded : Reasons.PreventiveOnly;

    /// <summary>What care under the contract presupposes, as far as it is known.</summary>
    internal void AddPreconditions(ref ForAndAgainst answers, DateOnly date)
    {
        if (WorkplaceSurvey is { } survey)
            answers.Add(survey.Includes(date) ? Reasons.WorkplaceSurveyInForce : Reasons.WorkplaceSurveyNotInForce);
        if (ActionPlan is { } plan)
            answers.Add(plan.Includes(date) ? Reasons.ActionPlanInForce : Reasons.ActionPlanNotInForce);
    }

    /// <summary>Whether nothing in the contract stands against the method.</summary>
    public bool Allows(MethodRule method, PlacementFacts facts) =>
        Covers(method).For && Item(method) is not { IsUsedUp: true }
        && MayRefer(method, facts) is null or { For: true };

    // General-practice care needs no item of its own in the contract; a psychologist's or therapist's method does.
    public Reason Covers(MethodRule method) =>
        !method.AgreedSeparately || Item(method) is not null ? Reasons.MethodCovered : Reasons.MethodNotCovered;

    /// <summary>Null when the contract sets no quota for the method.</summary>
    public Reason? QuotaLeft(MethodRule method) => Item(method) switch
    {
        { Quota: { } quota, IsUsedUp: true } => Reasons.QuotaUsed.Counting(quota),
        { Quota: { } quota } item => Reasons.QuotaLeft.Counting(quota - item.Used),
        _ => null,
    };

    /// <summary>
    /// Whether the referrer is among those who may refer to the method; null where the contract leaves that open, or
    /// where it is not known who refers: that is asked for, and holds up nothing.
    /// </summary>
    public Reason? MayRefer(MethodRule method, PlacementFacts facts) =>
        (method.UnderEveryContract ? null : Item(method)) switch
        {
            null or { ReferrerRoles: [], ReferrerOrganisations: [] } => null,
            { } item when item.ReferrerOrganisations.Contains(facts.ReferringOrganisation ?? "")
                || item.ReferrerRoles.Intersect(facts.ReferrerRoles).Any() => Reasons.ReferrerAgreed,
            { ReferrerRoles.Count: > 0 } when facts.ReferrerRoles.Count == 0 => null,
            _ => Reasons.ReferrerNotAgreed,
        };

    /// <summary>The contract as it will be in a year in which no visits have been made.</summary>
    public ContractScope WithFullQuotas() => this with { Methods = [.. Methods.Select(m => m with { Used = 0 })] };

    private CoveredMethod? Item(MethodRule method)
    {
        for (var i = 0; i < Methods.Count; i++)
            if (Methods[i].Code == method.Code)
                return Methods[i];
        return null;
    }
}

/// <param name="Code">Code of the method.</param>
/// <param name="Quota">Visits for a person in a year; null is without limit.</param>
/// <param name="Used">Visits of this person already used in the year.</param>
public sealed record CoveredMethod(string Code, int? Quota, int Used)
{
    public bool IsUsedUp => Used >= Quota;

    /// <summary>Professions that may refer to it, as <c>system|code</c>; with the next one empty too, anybody.</summary>
    public IReadOnlyList<string> ReferrerRoles { get; init; } = [];

    /// <summary>Ids of the organisations whose professionals may refer to it.</summary>
    public IReadOnlyList<string> ReferrerOrganisations { get; init; } = [];
}

/// <summary>The days on which something holds; without an end it holds on.</summary>
public sealed record Validity(DateOnly From, DateOnly? Until = null)
{
    public bool Includes(DateOnly date) => From <= date && (Until is null || date <= Until);
}

public enum ScopeOfCare { Preventive, PreventiveAndMedicalCare }
