using System.Collections.Frozen;
using Fhir;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Referrals;

/// <summary>
/// The Observations that carry placement facts: which codes there are and what their values look like.
/// </summary>
internal static class FactReading
{
    /// <summary>Every code of OMH/CodeSystem/placement-fact, with the check of its value.</summary>
    public static readonly FrozenDictionary<string, Func<DataType?, bool>> Known =
        new Dictionary<string, Func<DataType?, bool>>(StringComparer.Ordinal)
        {
            ["emergency"] = IsBoolean,
            ["acute-crisis"] = IsBoolean,
            ["work-relatedness"] = value => Has<WorkRelatedness>(value, Terms.WorkRelatedness),
            ["care-level"] = value => Has<CareLevel>(value, Terms.CareLevel),
            ["symptom-duration"] = IsDuration,
            ["allowance-days"] = value => value is Integer { Value: >= 0 },
            ["calendar-days"] = value => value is Integer { Value: >= 0 },
            ["functioning"] = value => value is not null,
            ["substance-use"] = value => value is not null,
            ["worker-chooses-region"] = IsBoolean,
            ["earlier-response"] = value => Has<EarlierResponse>(value, Terms.EarlierResponse),
            ["recurrence"] = IsBoolean,
            ["initiated-by"] = value => Has<Initiator>(value, Terms.Initiator),
            ["work-is-goal"] = IsBoolean,
            ["minor-forbids-informing"] = IsBoolean,
            ["appropriate-care"] = IsDuration,
            ["psychiatrists-statement"] = IsBoolean,
            ["work-or-study-threatened"] = IsBoolean,
            ["alternatives-considered"] = IsBoolean,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The values given for each fact, in the order of the message.</summary>
    public static ILookup<string, DataType> Values(IEnumerable<Observation> observations) => observations
        .Where(observation => observation.Value is not null)
        .SelectMany(FactsOf, (observation, fact) => (Fact: fact, Value: observation.Value!))
        .ToLookup(told => told.Fact, told => told.Value, StringComparer.Ordinal);

    /// <summary>A flag is raised when one Observation raises it.</summary>
    public static bool IsRaised(ILookup<string, DataType> facts, string fact) =>
        facts[fact].Any(value => value is FhirBoolean { Value: true });

    /// <summary>What the last Observation of a fact says; null when none does.</summary>
    public static bool? Boolean(ILookup<string, DataType> facts, string fact) =>
        facts[fact].OfType<FhirBoolean>().LastOrDefault()?.Value;

    public static string? CodeOf(DataType? value, string system) =>
        (value as CodeableConcept)?.Coding.Find(coding => coding.System == system)?.Code;

    /// <summary>Full months of a duration given in UCUM months, weeks or years.</summary>
    public static int? Months(Quantity? quantity) => quantity switch
    {
        { Value: { } months, Code: "mo" } => (int)months,
        { Value: { } years, Code: "a" } => (int)(years * 12),
        { Value: { } weeks, Code: "wk" } => (int)(weeks * 12 / 52),
        _ => null,
    };

    private static IEnumerable<string> FactsOf(Observation observation) => (observation.Code?.Coding ?? [])
        .Where(coding => coding.System == Terms.PlacementFact).Select(coding => coding.Code).OfType<string>().Distinct();

    private static bool IsDuration(DataType? value) =>
        value is Quantity { System: Quantity.Ucum, Code: "mo" or "wk" or "a", Value: >= 0 and < 1200 };

    private static bool IsBoolean(DataType? value) => value is FhirBoolean { Value: not null };

    private static bool Has<T>(DataType? value, string system) where T : struct, Enum =>
        Codes.Parse<T>(CodeOf(value, system)) is not null;
}
