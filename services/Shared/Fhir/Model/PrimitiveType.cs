namespace Fhir;

/// <summary>
/// A primitive: its lexical text as on the wire, with an id and extensions. The text is parsed only when the value
/// is asked for, so a round trip keeps decimals, partial dates and zones exactly.
/// </summary>
public abstract class PrimitiveType : DataType
{
    /// <summary>The exact lexical form; null when only extensions are present.</summary>
    public string? Text { get; set; }

    /// <summary>The closed set that a code is bound to; null for any other primitive.</summary>
    public virtual CodeList? RequiredCodes => null;

    /// <inheritdoc/>
    public override bool IsEmpty => Text is null && !HasIdOrExtension;

    /// <inheritdoc/>
    public override string? ToString() => Text;

    internal static TypeDef Define(string name, PrimitiveKind kind, Func<PrimitiveType> create) =>
        new(name, DataType.Def, create, [], kind);
}

/// <summary>A primitive whose value is its text.</summary>
public abstract class TextType : PrimitiveType
{
    /// <summary>The value.</summary>
    public string? Value { get => Text; set => Text = value; }
}
