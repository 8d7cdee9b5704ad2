namespace Fhir.Generator.Definitions;

/// <summary>What is kept of HL7's R4 definitions (4.0.1, CC0): what model, checks and search need.</summary>
public sealed record R4Definitions(
    IReadOnlyList<TypeDefinition> Types,
    IReadOnlyList<CodeListDefinition> CodeLists,
    IReadOnlyList<SearchDefinition> Searches);

/// <summary>One StructureDefinition without inherited elements. The first element is the type itself.</summary>
public sealed record TypeDefinition(
    string Name, string Kind, bool Abstract, string? Base, IReadOnlyList<ElementDefinition> Elements);

public sealed record ElementDefinition(string Path, string Short, int Min, string Max)
{
    public IReadOnlyList<TypeReference>? Types { get; init; }
    public string? ContentReference { get; init; }

    /// <summary>HL7's own name for the class of a nested element, where it differs from the element's name.</summary>
    public string? TypeName { get; init; }
    public BindingDefinition? Binding { get; init; }
    public bool Summary { get; init; }
    public bool Modifier { get; init; }
    public IReadOnlyList<ConstraintDefinition>? Constraints { get; init; }
}

public sealed record TypeReference(string Code, IReadOnlyList<string>? Targets);

public sealed record BindingDefinition(string Strength, string ValueSet, string? Name);

public sealed record ConstraintDefinition(string Key, string Severity, string Human, string Expression);

/// <summary>A value set of a required binding, with the codes that it selects.</summary>
public sealed record CodeListDefinition(string Url, string Name, IReadOnlyList<CodeDefinition> Codes);

public sealed record CodeDefinition(string System, string Code, string? Display);

public sealed record SearchDefinition(
    string Url, string Code, string Type, IReadOnlyList<string> Bases, string Expression)
{
    public IReadOnlyList<string>? Targets { get; init; }
    public IReadOnlyList<ComponentDefinition>? Components { get; init; }
}

public sealed record ComponentDefinition(string Definition, string Expression);
