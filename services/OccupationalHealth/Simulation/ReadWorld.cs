using Fhir;
using Messages.Regions;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>Reads a contract or a unit of a scenario; what is wrong in it is named.</summary>
internal static class ReadWorld
{
    public static ContractScope Contract(ScenarioFile.ContractLine line, string place, FieldCheck check) => new(
        check.Id(line.Id, $"{place}.id"),
        check.Id(line.Employer, $"{place}.employer"),
        check.Id(line.Provider, $"{place}.provider"),
        check.Code<ScopeOfCare>(line.Scope, $"{place}.scope"),
        check.Day(line.From, $"{place}.from"),
        check.DayOrNone(line.Until, $"{place}.until"),
        [
            .. (line.Methods ?? []).Select((method, i) => new CoveredMethod(
                check.Id(method?.Code, $"{place}.methods[{i}].code"),
                check.Count(method?.Quota, $"{place}.methods[{i}].quota"), Used: 0)),
        ])
    {
        WorkplaceSurvey = Validity(line.WorkplaceSurvey, $"{place}.workplaceSurvey", check),
        ActionPlan = Validity(line.ActionPlan, $"{place}.actionPlan", check),
    };

    public static OwnedUnit Unit(ScenarioFile.UnitLine line, string place, FieldCheck check)
    {
        var where = check.Code<CarePlace>(line.Place, $"{place}.place");
        if (line.Region is null == line.Provider is null)
            check.Fault(IssueType.Invariant, place, "A unit is either a region's or a provider's.");
        if (line.Region is { } region && RegionDirectory.Names(region) is null)
            check.Fault(IssueType.Value, $"{place}.region", "The two-digit code of a county.");
        return new OwnedUnit(line.Region, new OfferedUnit(check.Id(line.Id, $"{place}.id"), where)
        {
            Provider = line.Provider is null ? null : check.Id(line.Provider, $"{place}.provider"),
            Methods = [.. (line.Methods ?? []).Select((method, i) => check.Id(method, $"{place}.methods[{i}]"))],
            MinAge = check.Count(line.MinAge, $"{place}.minAge"),
            MaxAge = check.Count(line.MaxAge, $"{place}.maxAge"),
            Municipalities =
            [
                .. (line.Municipalities ?? []).Select((served, i) => new ServedMunicipality(
                    check.Id(served?.Code, $"{place}.municipalities[{i}].code"),
                    new Validity(
                        check.DayOrNone(served?.From, $"{place}.municipalities[{i}].from") ?? DateOnly.MinValue,
                        check.DayOrNone(served?.Until, $"{place}.municipalities[{i}].until")))),
            ],
            Capacity = line.Capacity is null
                ? Capacity.Available
                : check.Code<Capacity>(line.Capacity, $"{place}.capacity"),
            WaitingDays = check.Count(line.WaitingDays, $"{place}.waitingDays") ?? 0,
        });
    }

    private static Validity? Validity(ScenarioFile.Days? days, string place, FieldCheck check) => days is null
        ? null
        : new Validity(check.Day(days.From, $"{place}.from"), check.DayOrNone(days.Until, $"{place}.until"));
}
