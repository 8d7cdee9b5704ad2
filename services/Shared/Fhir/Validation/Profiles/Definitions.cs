using Fhir.Path;

namespace Fhir.Validation;

/// <summary>
/// What the definitions of an element say together, less what R4 says of it (<paramref name="r4"/>) itself.
/// </summary>
internal sealed class Definitions(ElementNode node, ElementDef? r4, string id, List<string> notChecked)
{
    private static readonly HashSet<(string, string?)> OfR4 =
        [.. ModelInfo.Invariants.Select(i => (i.Key, i.Expression))];

    private readonly List<ElementDefinition> _all = node.Definitions;

    public bool MustSupport => _all.Exists(d => d.MustSupport == true);

    public DataType[] Fixed => [.. _all.Select(d => d.Fixed).OfType<DataType>()];

    public DataType[] Patterns => [.. _all.Select(d => d.Pattern).OfType<DataType>()];

    public ElementDefinition.SlicingComponent? Slicing => _all.FindLast(d => d.Slicing is not null)?.Slicing;

    public int? MaxLength => _all.Select(d => d.MaxLength).Min();

    /// <summary>0 where R4 demands as much.</summary>
    public int Min(bool isSlice)
    {
        var min = _all.Select(d => d.Min ?? 0).DefaultIfEmpty().Max();
        return !isSlice && min <= r4!.Min ? 0 : min;
    }

    /// <summary>No limit where R4 allows no more.</summary>
    public int Max
    {
        get
        {
            var max = _all.Select(Most).DefaultIfEmpty(int.MaxValue).Min();
            return max >= r4!.Max ? int.MaxValue : max;
        }
    }

    /// <summary>The types that the elements within are looked for in.</summary>
    public TypeDef[] Inner(TypeDef[] r4Types)
    {
        if (r4 is null || !(r4.IsChoice || r4Types.Any(t => t.IsResource))) return r4Types;
        TypeDef[] named = [.. Stated.Select(t => t.Code is { } code ? ModelInfo.Type(code) : null).OfType<TypeDef>()];
        return named.Length > 0 ? named : r4Types;
    }

    public string? ValueSet
    {
        get
        {
            var binding = _all.FindLast(d => d.Binding?.Strength == BindingStrength.Required)?.Binding;
            if (binding is null) return null;
            if (binding.ValueSet is not { } canonical)
            {
                notChecked.Add($"the required binding of {id} names no value set");
                return null;
            }
            return r4?.RequiredCodes is not null && Bare(canonical) == Bare(r4.ValueSet) ? null : canonical;
        }
    }

    public AllowedType[]? Types(bool isSlice)
    {
        var types = Stated
            .Where(t => t.Code?.StartsWith("http://hl7.org/fhirpath/", StringComparison.Ordinal) == false)
            .Select(t => new AllowedType(t.Code!, [.. t.Profile], [.. t.TargetProfile])).ToArray();
        if (types.Length == 0) return null;
        if (Stated.Any(t => t.Aggregation.Any())) notChecked.Add($"the aggregation of references of {id}");
        return !isSlice && IsR4(types) ? null : types;
    }

    public ProfileRule[] Rules()
    {
        var rules = new Dictionary<string, ProfileRule>(StringComparer.Ordinal);
        foreach (var constraint in _all.SelectMany(d => d.Constraint).Where(c => !IsR4(c)))
        {
            if (Rule(constraint) is { } rule) rules[rule.Key] = rule;
        }
        if (_all.Exists(d => d.MinValue is not null || d.MaxValue is not null))
            notChecked.Add($"the least or greatest value of {id}");
        if (_all.Exists(d => d.ContentReference is not null) && node.Children.Count > 0)
            notChecked.Add($"the content of {id} where it repeats another element");
        return [.. rules.Values];
    }

    private List<ElementDefinition.TypeRefComponent> Stated => _all.FindLast(d => d.Type.Count > 0)?.Type ?? [];

    private ProfileRule? Rule(ElementDefinition.ConstraintComponent constraint)
    {
        var key = constraint.Key ?? "?";
        // No terminology server and no second validator stand behind an expression.
        var beyond = constraint.Expression?.Contains("memberOf(", StringComparison.Ordinal) == true
            || constraint.Expression?.Contains("conformsTo(", StringComparison.Ordinal) == true;
        try
        {
            if (constraint.Expression is { } expression && !beyond)
            {
                return new(key, constraint.Severity != ConstraintSeverity.Warning, constraint.Human ?? key,
                    FhirPath.Compile(expression));
            }
        }
        catch (FormatException)
        {
            // Noted below.
        }
        notChecked.Add($"the rule {key} of {id}");
        return null;
    }

    private static bool IsR4(ElementDefinition.ConstraintComponent constraint) =>
        (constraint.Source is { } source && ProfileRegistry.CoreType(source) is not null)
        || OfR4.Contains((constraint.Key ?? "", constraint.Expression));

    private bool IsR4(AllowedType[] types) => types.All(t => t.Profiles.Length == 0 && t.Targets.All(IsR4Target))
        && r4!.TypeNames.All(name => types.Any(t => t.Code == name || IsNested(t.Code)))
        && r4.Targets.All(target => types.Any(t => t.Targets.Length == 0
            || t.Targets.Any(canonical => ProfileRegistry.CoreType(canonical) == target)));

    private bool IsR4Target(string canonical) => ProfileRegistry.CoreType(canonical) is { } name
        && (r4!.Targets.Count == 0 || r4.Targets.Contains(name) || r4.Targets.Contains("Resource"));

    private static bool IsNested(string code) => code is "BackboneElement" or "Element";

    private static int Most(ElementDefinition d) =>
        d.Max is null or "*" || !int.TryParse(d.Max, out var max) ? int.MaxValue : max;

    private static string? Bare(string? canonical) => canonical?.Split('|')[0];
}
