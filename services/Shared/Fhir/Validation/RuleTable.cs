using Fhir.Path;

namespace Fhir.Validation;

/// <summary>The rules of each type, compiled when <see cref="TypeDef"/> first asks for them.</summary>
internal static class RuleTable
{
    // ele-1 holds for every element and txt-1 and txt-2 need the fault of the narrative, so code checks them.
    private static readonly HashSet<string> ByCode = new(StringComparer.Ordinal) { "ele-1", "txt-1", "txt-2" };

    private static readonly ILookup<string, Invariant> ByPath = ModelInfo.Invariants
        .Where(i => !ByCode.Contains(i.Key)).ToLookup(i => i.Path, StringComparer.Ordinal);

    public static TypeRules Of(TypeDef type) => new(type, RulesAt);

    private static ValidationRule[] RulesAt(string path) =>
        [.. ByPath[path].Select(i => new ValidationRule(
            i.Key, i.Severity, i.Human, FhirPath.Compile(RuleCorrections.Correct(path, i)), PlainCases.Of(i.Key)))];
}
