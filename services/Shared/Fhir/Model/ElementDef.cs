namespace Fhir;

/// <summary>The metadata of one element. Made by the generated tables only; types are resolved at first use.</summary>
public sealed class ElementDef(
    string name, int min, int max, string flags, string types,
    string? strength = null, string? valueSet = null, CodeList? codes = null, Func<PrimitiveType>? create = null)
{
    private TypeDef[]? _types;
    private string[]? _typeNames;
    private string[]? _targets;
    private Json.JsonNames? _json;

    /// <summary>Name without the type: `value` for `value[x]`.</summary>
    public string Name { get; } = name;

    /// <summary>Least number of items.</summary>
    public int Min { get; } = min;

    /// <summary>Greatest number of items; <see cref="int.MaxValue"/> for `*`.</summary>
    public int Max { get; } = max;

    /// <summary>True when the element holds a list.</summary>
    public bool IsList => Max != 1;

    /// <summary>True for `value[x]`.</summary>
    public bool IsChoice { get; } = flags.Contains('c');

    /// <summary>Part of the summary view (`_summary=true`).</summary>
    public bool IsSummary { get; } = flags.Contains('s');

    /// <summary>Changes the meaning of what holds it.</summary>
    public bool IsModifier { get; } = flags.Contains('m');

    /// <summary>Place within <see cref="TypeDef.Elements"/>, the same in all that inherit the element.</summary>
    public int Ordinal { get; private set; }

    /// <summary>The type that declares the element.</summary>
    public TypeDef Owner { get; private set; } = null!;

    /// <summary>`required`, `extensible`, `preferred`, `example`, or null without a binding.</summary>
    public string? BindingStrength { get; } = strength;

    /// <summary>Canonical of the bound value set, with a version where HL7 gives one.</summary>
    public string? ValueSet { get; } = valueSet;

    /// <summary>The codes of a required binding to a closed value set; null otherwise.</summary>
    public CodeList? RequiredCodes { get; } = codes;

    /// <summary>Names of the allowed types.</summary>
    public IReadOnlyList<string> TypeNames => Names;

    /// <summary>The allowed types; more than one for a choice only.</summary>
    public IReadOnlyList<TypeDef> Types => Resolved;

    /// <summary>Resource types that a Reference or canonical may point to; empty when any.</summary>
    public IReadOnlyList<string> Targets => _targets ??= [.. SplitTypes().SelectMany(t => t.Targets).Distinct()];

    internal TypeDef[] Resolved => _types ??= Array.ConvertAll(Names, ModelInfo.Required);

    private string[] Names => _typeNames ??= [.. SplitTypes().Select(t => t.Name)];

    internal Json.JsonNames Json => _json ??= new(this);

    internal void Attach(TypeDef owner, int ordinal) => (Owner, Ordinal) = (owner, ordinal);

    /// <summary>An empty item of the given type, of the class that the element declares (`Code&lt;T&gt;`).</summary>
    internal Base NewItem(TypeDef type) => create?.Invoke() ?? type.Create();

    private IEnumerable<(string Name, string[] Targets)> SplitTypes() => types.Split('|').Select(t =>
        t.IndexOf('(', StringComparison.Ordinal) is var open and > 0
            ? (t[..open], t[(open + 1)..^1].Split(','))
            : (t, Array.Empty<string>()));

    /// <inheritdoc/>
    public override string ToString() => Owner.Name + "." + Name;
}
