using Fhir.Generator.Definitions;

namespace Fhir.Generator.Specification;

/// <summary>Everything that the writers write, with every C# name settled.</summary>
public sealed record ModelSpecification(
    IReadOnlyList<TypeSpecification> Types,
    IReadOnlyList<EnumSpecification> Enums,
    IReadOnlyList<InvariantSpecification> Invariants,
    IReadOnlyList<SearchSpecification> Searches,
    IReadOnlyList<string> AllResourceNames);

/// <summary>A datatype or resource; the first class is the type itself, the others nest in it.</summary>
public sealed record TypeSpecification(string Name, bool IsResource, IReadOnlyList<ClassSpecification> Classes);

public sealed record ClassSpecification(
    string FhirName, string Name, string Base, int FirstOrdinal, string Summary,
    IReadOnlyList<ElementSpecification> Elements);

/// <param name="Item">C# type of one item: `FhirString`, `Code&lt;TaskStatus&gt;`, `DataType`.</param>
/// <param name="Native">C# type of a primitive's value, or null for a complex element.</param>
/// <param name="Types">Type names of the table: `string`, `Reference(Patient,Group)`, `Patient.contact`.</param>
public sealed record ElementSpecification(
    string Name, string Property, string Item, string? Native, string Types, int Min, string Max, string Short)
{
    public bool IsChoice { get; init; }
    public bool Summary { get; init; }
    public bool Modifier { get; init; }
    public BindingDefinition? Binding { get; init; }

    /// <summary>Name of the enum whose codes the binding demands.</summary>
    public string? Enum { get; init; }
    public bool IsList => Max != "1";

    /// <summary>The property that holds the FHIR type, beside the one that holds the native value.</summary>
    public string Holder => Native is null ? Property : Property + "Element";
}

public sealed record EnumSpecification(string Name, string ValueSet, IReadOnlyList<EnumMember> Members);

public sealed record EnumMember(string Name, string System, string Code, string Display);

public sealed record InvariantSpecification(string Path, ConstraintDefinition Rule);

public sealed record SearchSpecification(string Type, SearchDefinition Definition, string Expression);
