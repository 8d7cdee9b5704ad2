namespace Fhir.Validation;

/// <summary>
/// Invariants of R4 whose published expression does not say what their text says, with the expression that does. Each
/// names where the correction comes from.
/// </summary>
internal static class RuleCorrections
{
    private static readonly Dictionary<(string Path, string Key), string> Expressions = new()
    {
        // A reference may have an identifier only, and `#` alone is the container itself,
        // http://hl7.org/fhir/R4/references.html#contained; R5 has both.
        [("Reference", "ref-1")] = "reference.empty() or reference.startsWith('#').not()"
            + " or (reference.substring(1) in %rootResource.contained.id)"
            + " or (reference = '#' and %rootResource != %resource)",

        // Values of unlike precision or unit may have no order, which would refuse 2026-03-01 to 2026-03-01T12:00:00Z.
        // What is decidedly the wrong way round is refused; R5's per-1 goes the same way with lowBoundary().
        [("Period", "per-1")] = "where(start > end).empty()",
        [("Task", "inv-1")] = "where(authoredOn > lastModified).empty()",
        [("Range", "rng-2")] = "where(low.value.exists() and high.value.exists() and low.comparator.empty()"
            + " and high.comparator.empty() and low > high).empty()",

        // A FHIR boolean is not of the type System.Boolean.
        [("Questionnaire.item.enableWhen", "que-7")] = "operator = 'exists' implies (answer is boolean)",

        // A CodeableConcept never equals a string.
        [("Condition", "con-3")] = "clinicalStatus.exists() or verificationStatus.coding.where(system="
            + "'http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists()"
            + " or category.coding.where(code = 'problem-list-item').empty()",
    };

    /// <summary>The expression to evaluate for a rule.</summary>
    public static string Correct(string path, Invariant rule)
    {
        if (Expressions.TryGetValue((path, rule.Key), out var corrected)) return corrected;
        // "Name should be usable as an identifier" does not ask for a name; so corrected in R4B.
        return rule.Expression.StartsWith("name.matches(", StringComparison.Ordinal)
            ? $"name.empty() or {rule.Expression}"
            : rule.Expression;
    }
}
