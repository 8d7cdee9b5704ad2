namespace OccupationalHealth.Placement;

/// <summary>
/// What Kela's rehabilitative psychotherapy asks for (domain row 15): each condition that is not met or not known, not
/// the months alone. The ages and the months are dated settings.
/// </summary>
internal static class PsychotherapyReadiness
{
    public const string Method = "rehabilitative-psychotherapy";

    /// <summary>Empty when all conditions are met.</summary>
    public static IReadOnlyList<Reason> Missing(
        PsychotherapyFacts known, int? age, DateOnly asOf, PlacementRules rules)
    {
        var months = rules.MonthsOfCareBeforePsychotherapy;
        (bool IsMet, Reason Missing)[] conditions =
        [
            (age is not null && rules.Method(Method).IsForAge(age), Reasons.PsychotherapyAge),
            (known.DiagnosedOn is not null, Reasons.PsychotherapyDiagnosis),
            (known.MonthsOfCare >= months && known.DiagnosedOn?.AddMonths(months) <= asOf,
                Reasons.PsychotherapyCare.Counting(months)),
            (known.PsychiatristsStatement is true, Reasons.PsychotherapyStatement),
            (known.WorkOrStudyThreatened is true, Reasons.PsychotherapyWorkThreatened),
            (known.AlternativesConsidered is true, Reasons.PsychotherapyAlternatives),
        ];
        return [.. conditions.Where(condition => !condition.IsMet).Select(condition => condition.Missing)];
    }
}
