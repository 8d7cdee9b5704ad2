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

    /// <summary>The values given for a fact, in the order of the message.</summary>
    public static IEnumerable<DataType> Values(IEnumerable<Observation> observations, string fact) =>
        observations.Where(o => o.Code?.Has(Terms.PlacementFact, fact) == true).Select(o => o.Value).OfType<DataType>();

    /// <summary>A flag is raised when one Observation raises it.</summary>
    public static bool IsRaised(IEnumerable<Observation> observations, string fact) =>
        Values(observations, fact).Any(value => value is FhirBoolean { Value: true });

    /// <summary>What the last Observation of a fact says; null when none does.</summary>
    public static bool? Boolean(IEnumerable<Observation> observations, string fact) =>
        Values(observations, fact).OfType<FhirBoolean>().LastOrDefault()?.Value;

    /// <summary>The coded value of one Observation when it is about the fact.</summary>
    public static string? CodeOf(Observation observation, string fact, string system) =>
        Values([observation], fact).Select(value => CodeOf(value, system)).FirstOrDefault();

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

    private static bool IsDuration(DataType? value) =>
        value is Quantity { System: Quantity.Ucum, Code: "mo" or "wk" or "a", Value: >= 0 and < 1200 };

    private static bool IsBoolean(DataType? value) => value is FhirBoolean { Value: not null };

    private static bool Has<T>(DataType? value, string system) where T : struct, Enum =>
        Codes.Parse<T>(CodeOf(value, system)) is not null;
}
