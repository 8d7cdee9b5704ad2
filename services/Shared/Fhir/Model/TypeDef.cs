using Fhir.Json;
using Fhir.Validation;

namespace Fhir;

/// <summary>The metadata of a FHIR type: its name, what it derives from, and its elements by ordinal.</summary>
public sealed class TypeDef
{
    private readonly Func<Base>? _create;
    private readonly ElementDef[] _own;
    private ElementDef[]? _elements;
    private Dictionary<string, ElementDef>? _byName;
    private PropertyTable? _properties;
    private TypeRules? _rules;

    /// <summary>For the generated classes; <paramref name="create"/> is null for an abstract type.</summary>
    public TypeDef(string name, TypeDef? parent, Func<Base>? create, ElementDef[] own)
        : this(name, parent, create, own, PrimitiveKind.None)
    {
    }

    internal TypeDef(string name, TypeDef? parent, Func<Base>? create, ElementDef[] own, PrimitiveKind primitive)
    {
        (Name, Parent, _create, _own, Primitive) = (name, parent, create, own, primitive);
        Count = (parent?.Count ?? 0) + own.Length;
        for (var i = 0; i < own.Length; i++) own[i].Attach(this, Count - own.Length + i);
    }

    /// <summary>Name in FHIR: `Patient`, `string`, or the path of a nested type, `Patient.contact`.</summary>
    public string Name { get; }

    /// <summary>The type that this one derives from.</summary>
    public TypeDef? Parent { get; }

    /// <summary>Which primitive, or None for a type with elements.</summary>
    public PrimitiveKind Primitive { get; }

    /// <summary>True for a primitive: a value in JSON, with id and extensions beside it.</summary>
    public bool IsPrimitive => Primitive != PrimitiveKind.None;

    /// <summary>True for types that have no instances of their own (`Resource`, `DomainResource`, `Element`).</summary>
    public bool IsAbstract => _create is null;

    /// <summary>True for `Resource` and all that derive from it.</summary>
    public bool IsResource => Is("Resource");

    /// <summary>Number of elements, inherited ones included.</summary>
    public int Count { get; }

    /// <summary>All elements, inherited ones first; an element's place is its ordinal.</summary>
    public IReadOnlyList<ElementDef> Elements => All;

    internal ElementDef[] All => _elements ??= [.. Parent?.All ?? [], .. _own];

    internal PropertyTable Properties => _properties ??= new(this);

    internal TypeRules Rules => _rules ??= RuleTable.Of(this);

    /// <summary>The element of that name (`value` for a choice), or null.</summary>
    public ElementDef? Element(string name) =>
        (_byName ??= All.ToDictionary(e => e.Name, StringComparer.Ordinal)).GetValueOrDefault(name);

    /// <summary>True when this is the named type or derives from it.</summary>
    public bool Is(string name)
    {
        for (var type = this; type is not null; type = type.Parent)
        {
            if (type.Name == name) return true;
        }
        return false;
    }

    /// <summary>An empty instance; an abstract type has none and throws.</summary>
    public Base Create() => _create is null
        ? throw new InvalidOperationException($"{Name} is abstract.")
        : _create();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
