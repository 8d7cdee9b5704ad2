using System.Globalization;

namespace Fhir.Path.Values;

/// <summary>FHIR's values as FHIRPath computes with them, http://hl7.org/fhir/R4/fhirpath.html#types</summary>
internal static class SystemValue
{
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>
    /// bool, int, decimal, string, date or quantity for a primitive or Quantity; the item itself for anything else;
    /// null for a primitive that has no value, or none that fits (a decimal beyond 28 digits).
    /// </summary>
    public static object? Of(object item) => item switch
    {
        PrimitiveType primitive => primitive.Text is { } text ? Of(primitive.TypeDef.Primitive, text) : null,
        Quantity quantity => PathQuantity.Of(quantity) ?? item,
        _ => item,
    };

    private static object? Of(PrimitiveKind kind, string text)
    {
        switch (kind)
        {
            case PrimitiveKind.Boolean:
                return text switch { "true" => True, "false" => False, _ => null };
            case PrimitiveKind.Integer or PrimitiveKind.PositiveInt or PrimitiveKind.UnsignedInt:
                return Primitives.Int(text);
            case PrimitiveKind.Decimal:
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null;
            case PrimitiveKind.Date:
                return PathDate.Parse(PathDateKind.Date, text);
            case PrimitiveKind.DateTime or PrimitiveKind.Instant:
                return PathDate.Parse(PathDateKind.DateTime, text);
            case PrimitiveKind.Time:
                return PathDate.Parse(PathDateKind.Time, text);
            default:
                return text;
        }
    }

    /// <summary>As `toString()` gives it; null for what has no text.</summary>
    public static string? Text(object item) => item switch
    {
        PrimitiveType primitive => primitive.Text,
        _ => Of(item) switch
        {
            bool value => value ? "true" : "false",
            Base or PathType or null => null,
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString(),
        },
    };
}
