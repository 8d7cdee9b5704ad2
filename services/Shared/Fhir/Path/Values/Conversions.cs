using System.Globalization;

namespace Fhir.Path.Values;

/// <summary>http://hl7.org/fhirpath/N1/#conversion: each gives null for a value that does not convert.</summary>
internal static class Conversions
{
    public static object? ToBoolean(object value) => value switch
    {
        bool => value,
        int number => Truth(number),
        decimal number => Truth(number),
        string text => text.ToUpperInvariant() switch
        {
            "TRUE" or "T" or "YES" or "Y" or "1" or "1.0" => true,
            "FALSE" or "F" or "NO" or "N" or "0" or "0.0" => false,
            _ => null,
        },
        _ => null,
    };

    public static object? ToInteger(object value) => value switch
    {
        int => value,
        bool known => known ? 1 : 0,
        string text => int.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static object? ToDecimal(object value) => value switch
    {
        decimal => value,
        int number => (decimal)number,
        bool known => known ? 1.0m : 0.0m,
        string text => IsDecimal(text) && decimal.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static object? ToQuantity(object value) => value switch
    {
        bool known => new PathQuantity(known ? 1.0m : 0.0m, PathQuantity.One),
        string text => PathQuantity.Parse(text),
        _ => PathQuantity.From(value),
    };

    public static object? ToDate(object value) => value switch
    {
        PathDate { Kind: PathDateKind.Date } => value,
        PathDate { Kind: PathDateKind.DateTime } time => time with
        {
            Kind = PathDateKind.Date,
            Local = time.Local.Date,
            Precision = time.Precision < PathPrecision.Day ? time.Precision : PathPrecision.Day,
            Offset = null,
            FractionDigits = 0,
        },
        string text => PathDate.Parse(PathDateKind.Date, text),
        _ => null,
    };

    public static object? ToDateTime(object value) => value switch
    {
        PathDate { Kind: PathDateKind.DateTime } => value,
        PathDate { Kind: PathDateKind.Date } date => date with { Kind = PathDateKind.DateTime },
        string text => PathDate.Parse(PathDateKind.DateTime, text),
        _ => null,
    };

    public static object? ToTime(object value) => value switch
    {
        PathDate { Kind: PathDateKind.Time } => value,
        string text => PathDate.Parse(PathDateKind.Time, text),
        _ => null,
    };

    public static object? ToText(object value) => SystemValue.Text(value);

    /// <summary>A sign, digits, and perhaps a fraction.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] is '+' or '-') text = text[1..];
        var point = text.IndexOf('.');
        if (point < 0) return IsDigits(text);
        return IsDigits(text[..point]) && IsDigits(text[(point + 1)..]);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    private static object? Truth(decimal number) => number switch
    {
        1 => true,
        0 => false,
        _ => null,
    };
}
