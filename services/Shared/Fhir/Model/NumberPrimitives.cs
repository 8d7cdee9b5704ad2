using System.Globalization;

namespace Fhir;

/// <summary>A whole number of 32 bits.</summary>
public sealed class Integer : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public Integer()
    {
    }

    /// <summary>With a value.</summary>
    public Integer(int? value) => Value = value;

    /// <summary>The number; null when absent or not a number of that size.</summary>
    public int? Value
    {
        get => Primitives.Int(Text);
        set => Text = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("integer", PrimitiveKind.Integer, static () => new Integer());
}

/// <summary>1 to 2,147,483,647.</summary>
public sealed class PositiveInt : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public PositiveInt()
    {
    }

    /// <summary>With a value.</summary>
    public PositiveInt(int? value) => Value = value;

    /// <summary>The number; null when absent or not a number of that size.</summary>
    public int? Value
    {
        get => Primitives.Int(Text);
        set => Text = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("positiveInt", PrimitiveKind.PositiveInt, static () => new PositiveInt());
}

/// <summary>0 to 2,147,483,647.</summary>
public sealed class UnsignedInt : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public UnsignedInt()
    {
    }

    /// <summary>With a value.</summary>
    public UnsignedInt(int? value) => Value = value;

    /// <summary>The number; null when absent or not a number of that size.</summary>
    public int? Value
    {
        get => Primitives.Int(Text);
        set => Text = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("unsignedInt", PrimitiveKind.UnsignedInt, static () => new UnsignedInt());
}

/// <summary>A decimal number whose precision has a meaning: 1.0 differs from 1.00.</summary>
public sealed class FhirDecimal : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public FhirDecimal()
    {
    }

    /// <summary>With a value; its trailing zeros are kept.</summary>
    public FhirDecimal(decimal? value) => Value = value;

    /// <summary>
    /// The number, rounded to 28 digits; null when absent or beyond <see cref="decimal"/>, in which case
    /// <see cref="PrimitiveType.Text"/> still has it.
    /// </summary>
    public decimal? Value
    {
        get => decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        set => Text = value?.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("decimal", PrimitiveKind.Decimal, static () => new FhirDecimal());
}

/// <summary>True or false.</summary>
public sealed class FhirBoolean : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public FhirBoolean()
    {
    }

    /// <summary>With a value.</summary>
    public FhirBoolean(bool? value) => Value = value;

    /// <summary>The value; null when absent.</summary>
    public bool? Value
    {
        get => Text switch { "true" => true, "false" => false, _ => null };
        set => Text = value switch { true => "true", false => "false", null => null };
    }

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("boolean", PrimitiveKind.Boolean, static () => new FhirBoolean());
}

/// <summary>Bytes in Base64.</summary>
public sealed class Base64Binary : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public Base64Binary()
    {
    }

    /// <summary>With bytes.</summary>
    public Base64Binary(byte[]? value) => Value = value;

    /// <summary>The bytes, decoded anew at each call; null when absent or not Base64.</summary>
    public byte[]? Value
    {
        get => Text is not null && System.Buffers.Text.Base64.IsValid(Text) ? Convert.FromBase64String(Text) : null;
        set => Text = value is null ? null : Convert.ToBase64String(value);
    }

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("base64Binary", PrimitiveKind.Base64Binary, static () => new Base64Binary());
}
