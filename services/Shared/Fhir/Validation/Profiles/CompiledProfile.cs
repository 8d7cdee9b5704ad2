using Fhir.Path;

namespace Fhir.Validation;

/// <summary>A profile ready to be held against resources. It has only what goes beyond R4 itself.</summary>
/// <param name="Canonical">With the version, where there is one.</param>
/// <param name="Type">The type that it constrains.</param>
/// <param name="Root">What it says of the whole.</param>
/// <param name="MustSupport">Ids of what its users must be able to handle; no resource can break it.</param>
/// <param name="NotChecked">What it says and this validator cannot hold anything against.</param>
/// <param name="Contexts">The elements on which an extension may stand; null for any.</param>
internal sealed record CompiledProfile(
    string Canonical, string Type, ProfileElement Root, IReadOnlyList<string> MustSupport,
    IReadOnlyList<string> NotChecked, string[]? Contexts);

/// <summary>What a profile says of an element.</summary>
internal sealed class ProfileElement
{
    public required string Name { get; init; }

    public string? Slice { get; init; }

    public int Min { get; init; }

    public int Max { get; init; } = int.MaxValue;

    public DataType[] Fixed { get; init; } = [];

    public DataType[] Patterns { get; init; } = [];

    public int? MaxLength { get; init; }

    /// <summary>Canonical of the required value set; null for none beyond R4's own.</summary>
    public string? ValueSet { get; init; }

    /// <summary>Null when the profile allows what R4 allows.</summary>
    public AllowedType[]? Types { get; init; }

    public ProfileRule[] Rules { get; init; } = [];

    public Slicing? Slicing { get; init; }

    public ProfileElement[] Children { get; init; } = [];

    public bool SaysNothing => Min == 0 && Max == int.MaxValue && Fixed.Length == 0 && Patterns.Length == 0
        && MaxLength is null && ValueSet is null && Types is null && Rules.Length == 0 && Slicing is null
        && Children.Length == 0;
}

/// <summary>A type that an element may have, with the profiles of which one must hold.</summary>
internal sealed record AllowedType(string Code, string[] Profiles, string[] Targets);

/// <summary>A rule of the profile.</summary>
internal sealed record ProfileRule(string Key, bool IsError, string Human, FhirPathExpression Expression);

/// <summary>The parts into which a profile divides the items of an element.</summary>
internal sealed record Slicing(
    Discriminator[] Discriminators, SlicingRules Rules, bool Ordered, ProfileElement[] Slices);

/// <summary>By what an item is told to be of a slice.</summary>
internal sealed record Discriminator(DiscriminatorType Kind, string Path, FhirPathExpression Expression);
