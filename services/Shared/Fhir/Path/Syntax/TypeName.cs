using Fhir.Path.Values;

namespace Fhir.Path.Syntax;

/// <summary>A type in an expression: `Patient`, `FHIR.string`, `System.Integer`.</summary>
/// <param name="Namespace">`FHIR`, `System`, or null when either will do.</param>
internal sealed record TypeName(string? Namespace, string Name)
{
    public const string OfFhir = "FHIR";
    public const string OfSystem = "System";

    private static readonly HashSet<string> SystemTypes = new(StringComparer.Ordinal)
    {
        "Any", "Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity",
    };

    /// <summary>
    /// True when there is such a type in either world; a resource type that is not modelled counts. `System.Patient`
    /// exists in neither, yet HL7's tests ask for it: nothing is of that type.
    /// </summary>
    public bool Exists =>
        SystemTypes.Contains(Name) || ModelInfo.Type(Name) is not null || ModelInfo.IsResourceType(Name);

    /// <summary>`is`: of this type or one that derives from it.</summary>
    public bool Includes(object item) => item is Base element
        ? Namespace != OfSystem && (element.TypeDef.Is(Name) || PrimitiveParent(element) == Name)
        : Namespace != OfFhir && SystemName(item) == Name;

    /// <summary>
    /// `as` and `ofType`: like `is`, but a primitive must be of the very type: R4's rules tell `uri` from `canonical`
    /// by it.
    /// </summary>
    public bool Selects(object item) => item is PrimitiveType primitive
        ? Namespace != OfSystem && (primitive.TypeDef.Name == Name || Name is "Element" or "DataType")
        : Includes(item);

    // R4's hierarchy of primitives, http://hl7.org/fhir/R4/datatypes.html
    private static string? PrimitiveParent(Base element) => element.TypeDef.Primitive switch
    {
        PrimitiveKind.Code or PrimitiveKind.Id or PrimitiveKind.Markdown => "string",
        PrimitiveKind.Url or PrimitiveKind.Canonical or PrimitiveKind.Oid or PrimitiveKind.Uuid => "uri",
        PrimitiveKind.PositiveInt or PrimitiveKind.UnsignedInt => "integer",
        _ => null,
    };

    /// <summary>Name of the type of a computed value.</summary>
    public static string SystemName(object value) => value switch
    {
        bool => "Boolean",
        int => "Integer",
        decimal => "Decimal",
        string => "String",
        PathDate date => date.Kind.ToString(),
        PathQuantity => "Quantity",
        _ => "Any",
    };

    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}.{Name}";
}
