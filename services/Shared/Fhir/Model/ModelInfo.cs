namespace Fhir;

/// <summary>What the library knows of R4 (4.0.1).</summary>
public static partial class ModelInfo
{
    /// <summary>Version of FHIR, as in `CapabilityStatement.fhirVersion`.</summary>
    public const string Version = "4.0.1";

    /// <summary>The resource types that have a class here.</summary>
    public static IReadOnlyList<string> ResourceTypes => Modelled;

    /// <summary>True for every resource type of R4, modelled or not.</summary>
    public static bool IsResourceType(string name) => AllOfR4.Contains(name);

    /// <summary>The metadata of a type by its FHIR name (`Task`, `string`, `Patient.contact`), or null.</summary>
    public static TypeDef? Type(string name) => Find(name);

    /// <summary>R4's search parameters of the modelled types; those of every resource have type `Resource`.</summary>
    public static IReadOnlyList<SearchParameterInfo> SearchParameters => SearchParameterTable.All;

    /// <summary>R4's invariants of the modelled types, each at the path of its element.</summary>
    public static IReadOnlyList<Invariant> Invariants => InvariantTable.All;

    internal static TypeDef Required(string name) =>
        Find(name) ?? throw new InvalidOperationException($"The model lacks the type {name}.");
}

/// <summary>One of R4's search parameters for one type.</summary>
/// <param name="Type">`Task`; `Resource` and `DomainResource` for those of all types.</param>
/// <param name="Code">Name in a search: `status`.</param>
/// <param name="Kind">token, reference, date …</param>
/// <param name="Expression">FHIRPath, only the alternatives of this type.</param>
/// <param name="Targets">For a reference: the types that it may point to; empty when any.</param>
/// <param name="Url">Canonical of the definition.</param>
/// <param name="Components">Parts of a composite, or null.</param>
public sealed record SearchParameterInfo(
    string Type, string Code, SearchParamType Kind, string Expression, IReadOnlyList<string> Targets, string Url,
    IReadOnlyList<SearchComponentInfo>? Components = null);

/// <summary>A part of a composite search parameter.</summary>
/// <param name="Definition">Canonical of the part's own search parameter.</param>
/// <param name="Expression">FHIRPath, relative to each item of the composite's expression.</param>
public sealed record SearchComponentInfo(string Definition, string Expression);

/// <summary>A rule that R4 attaches to an element.</summary>
/// <param name="Path">`Patient.contact`; choices without `[x]`.</param>
/// <param name="Key">`pat-1`</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Human">What the rule says.</param>
/// <param name="Expression">FHIRPath that must be true for each item at the path.</param>
public sealed record Invariant(string Path, string Key, IssueSeverity Severity, string Human, string Expression);
