using System.Collections;

namespace Fhir;

/// <summary>The base of all resources.</summary>
public abstract class Resource : Base
{
    /// <summary>The resource's type in FHIR, as in `resourceType`.</summary>
    public string TypeName => TypeDef.Name;

    /// <summary>Logical id with its id and extensions.</summary>
    public Id? IdElement { get; set; }

    /// <summary>Logical id: 1 to 64 of `A-Z a-z 0-9 - .`</summary>
    public string? Id { get => IdElement?.Value; set => IdElement = value is null ? null : new(value); }

    /// <summary>Metadata about the resource.</summary>
    public Meta? Meta { get; set; }

    /// <summary>A set of rules under which this content was created, with its id and extensions.</summary>
    public FhirUri? ImplicitRulesElement { get; set; }

    /// <summary>A set of rules under which this content was created.</summary>
    public string? ImplicitRules
    {
        get => ImplicitRulesElement?.Value;
        set => ImplicitRulesElement = value is null ? null : new(value);
    }

    /// <summary>Language of the content with its id and extensions.</summary>
    public Code? LanguageElement { get; set; }

    /// <summary>Language of the content (BCP 47).</summary>
    public string? Language
    {
        get => LanguageElement?.Value;
        set => LanguageElement = value is null ? null : new(value);
    }

    /// <inheritdoc/>
    public override object? Get(int ordinal) => ordinal switch
    {
        0 => IdElement,
        1 => Meta,
        2 => ImplicitRulesElement,
        3 => LanguageElement,
        _ => null,
    };

    /// <inheritdoc/>
    public override void Set(int ordinal, object? value)
    {
        switch (ordinal)
        {
            case 0: IdElement = (Id?)value; break;
            case 1: Meta = (Meta?)value; break;
            case 2: ImplicitRulesElement = (FhirUri?)value; break;
            case 3: LanguageElement = (Code?)value; break;
            default: base.Set(ordinal, value); break;
        }
    }

    internal static new readonly TypeDef Def = new("Resource", Base.Def, null,
    [
        new("id", 0, 1, "s", "id"),
        new("meta", 0, 1, "s", "Meta"),
        new("implicitRules", 0, 1, "sm", "uri"),
        new("language", 0, 1, "", "code", "preferred", "http://hl7.org/fhir/ValueSet/languages"),
    ]);
}

/// <summary>A resource with narrative, contained resources and extensions.</summary>
public abstract class DomainResource : Resource
{
    private List<Resource>? _contained;
    private List<Extension>? _extension;
    private List<Extension>? _modifierExtension;

    /// <summary>The narrative for people.</summary>
    public Narrative? Text { get; set; }

    /// <summary>Resources that exist only within this one.</summary>
    public List<Resource> Contained { get => _contained ??= []; set => _contained = value; }

    /// <summary>Additional content defined by implementations.</summary>
    public List<Extension> Extension { get => _extension ??= []; set => _extension = value; }

    /// <summary>Extensions that cannot be ignored.</summary>
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }

    /// <inheritdoc/>
    public override object? Get(int ordinal) => ordinal switch
    {
        4 => Text,
        5 => _contained,
        6 => _extension,
        7 => _modifierExtension,
        _ => base.Get(ordinal),
    };

    /// <inheritdoc/>
    public override void Set(int ordinal, object? value)
    {
        switch (ordinal)
        {
            case 4: Text = (Narrative?)value; break;
            case 5: _contained = (List<Resource>?)value; break;
            case 6: _extension = (List<Extension>?)value; break;
            case 7: _modifierExtension = (List<Extension>?)value; break;
            default: base.Set(ordinal, value); break;
        }
    }

    /// <inheritdoc/>
    public override IList Items(int ordinal) => ordinal switch
    {
        5 => Contained,
        6 => Extension,
        7 => ModifierExtension,
        _ => base.Items(ordinal),
    };

    internal static new readonly TypeDef Def = new("DomainResource", Resource.Def, null,
    [
        new("text", 0, 1, "", "Narrative"),
        new("contained", 0, int.MaxValue, "", "Resource"),
        new("extension", 0, int.MaxValue, "", "Extension"),
        new("modifierExtension", 0, int.MaxValue, "m", "Extension"),
    ]);
}
