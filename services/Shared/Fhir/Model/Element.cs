using System.Collections;

namespace Fhir;

/// <summary>What every part of a resource has: an id for references inside the resource, and extensions.</summary>
public abstract class Element : Base
{
    private List<Extension>? _extension;

    /// <summary>Unique id of the element within its resource; no whitespace.</summary>
    public string? ElementId { get; set; }

    /// <summary><see cref="ElementId"/> as the table shows it.</summary>
    public FhirString? IdElement
    {
        get => ElementId is null ? null : new(ElementId);
        set => ElementId = value?.Value;
    }

    /// <summary>Additional content defined by implementations.</summary>
    public List<Extension> Extension { get => _extension ??= []; set => _extension = value; }

    internal bool HasIdOrExtension => ElementId is not null || _extension is { Count: > 0 };

    /// <inheritdoc/>
    public override object? Get(int ordinal) => ordinal switch { 0 => IdElement, 1 => _extension, _ => null };

    /// <inheritdoc/>
    public override void Set(int ordinal, object? value)
    {
        switch (ordinal)
        {
            case 0: IdElement = (FhirString?)value; break;
            case 1: _extension = (List<Extension>?)value; break;
            default: base.Set(ordinal, value); break;
        }
    }

    /// <inheritdoc/>
    public override IList Items(int ordinal) => ordinal == 1 ? Extension : base.Items(ordinal);

    internal static new readonly TypeDef Def = new("Element", Base.Def, null,
    [
        new("id", 0, 1, "", "string"),
        new("extension", 0, int.MaxValue, "", "Extension"),
    ]);
}

/// <summary>A reusable type: what a choice element (`value[x]`) may hold.</summary>
public abstract class DataType : Element
{
    internal static new readonly TypeDef Def = new("DataType", Element.Def, null, []);
}

/// <summary>A part of a resource that may carry extensions which change its meaning.</summary>
public abstract class BackboneElement : Element
{
    private List<Extension>? _modifierExtension;

    /// <summary>Extensions that cannot be ignored.</summary>
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }

    /// <inheritdoc/>
    public override object? Get(int ordinal) => ordinal == 2 ? _modifierExtension : base.Get(ordinal);

    /// <inheritdoc/>
    public override void Set(int ordinal, object? value)
    {
        if (ordinal == 2) _modifierExtension = (List<Extension>?)value;
        else base.Set(ordinal, value);
    }

    /// <inheritdoc/>
    public override IList Items(int ordinal) => ordinal == 2 ? ModifierExtension : base.Items(ordinal);

    internal static new readonly TypeDef Def = new("BackboneElement", Element.Def, null,
        [new("modifierExtension", 0, int.MaxValue, "sm", "Extension")]);
}

/// <summary>A datatype that may carry extensions which change its meaning (`Timing`, `Dosage`).</summary>
public abstract class BackboneType : DataType
{
    private List<Extension>? _modifierExtension;

    /// <summary>Extensions that cannot be ignored.</summary>
    public List<Extension> ModifierExtension { get => _modifierExtension ??= []; set => _modifierExtension = value; }

    /// <inheritdoc/>
    public override object? Get(int ordinal) => ordinal == 2 ? _modifierExtension : base.Get(ordinal);

    /// <inheritdoc/>
    public override void Set(int ordinal, object? value)
    {
        if (ordinal == 2) _modifierExtension = (List<Extension>?)value;
        else base.Set(ordinal, value);
    }

    /// <inheritdoc/>
    public override IList Items(int ordinal) => ordinal == 2 ? ModifierExtension : base.Items(ordinal);

    internal static new readonly TypeDef Def = new("BackboneType", DataType.Def, null,
        [new("modifierExtension", 0, int.MaxValue, "sm", "Extension")]);
}
