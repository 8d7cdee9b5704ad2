using Fhir.Path;

namespace Fhir.Validation;

/// <summary>A compiled invariant; it holds in its plain case, and in any other if the expression is true.</summary>
internal sealed record ValidationRule(
    string Key, IssueSeverity Severity, string Human, FhirPathExpression Expression, Func<Base, bool>? IsPlain)
{
    public bool IsError => Severity is IssueSeverity.Error;
}

/// <summary>What there is to check at a type: its own rules, and those of its elements.</summary>
internal sealed class TypeRules
{
    private readonly ValidationRule[]?[] _ofElement;

    public TypeRules(TypeDef type, Func<string, ValidationRule[]> rulesAt)
    {
        Type = type;
        Own = [.. Lineage(type).SelectMany(t => rulesAt(t.Name))];
        _ofElement = new ValidationRule[]?[type.Count];
        foreach (var element in type.Elements)
        {
            var rules = rulesAt($"{element.Owner.Name}.{element.Name}");
            // A nested type has the name of its path, so its rules are its own already.
            var isNested = element.Types.Any(t => t.Name == $"{element.Owner.Name}.{element.Name}");
            if (rules.Length > 0 && !isNested) _ofElement[element.Ordinal] = rules;
        }
    }

    public TypeDef Type { get; }

    /// <summary>Rules for each instance, those of the types that it derives from first.</summary>
    public ValidationRule[] Own { get; }

    /// <summary>Rules for each item of an element; null for none.</summary>
    public ValidationRule[]? OfElement(int ordinal) => _ofElement[ordinal];

    private static IEnumerable<TypeDef> Lineage(TypeDef type)
    {
        var types = new List<TypeDef>();
        for (TypeDef? at = type; at is not null; at = at.Parent) types.Insert(0, at);
        return types;
    }
}
