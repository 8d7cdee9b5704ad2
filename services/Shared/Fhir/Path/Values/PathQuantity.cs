using System.Globalization;

namespace Fhir.Path.Values;

/// <summary>A number with a unit.</summary>
/// <param name="Value">The number; its trailing zeros are its precision.</param>
/// <param name="Unit">A calendar unit as written (`days`), a code of UCUM, or another system and code.</param>
/// <param name="IsCalendar">True for a calendar unit written without quotes.</param>
public sealed record PathQuantity(decimal Value, string Unit, bool IsCalendar = false)
{
    /// <summary>UCUM's unity, the unit of a bare number.</summary>
    public const string One = "1";

    /// <summary>Set when the unit is not of UCUM, so that it must not be read as such.</summary>
    internal bool IsOpaque { get; init; }

    /// <summary>Null when it has no value, or a comparator, with which it is no single number.</summary>
    internal static PathQuantity? Of(Quantity quantity)
    {
        if (quantity.Value is not { } value || quantity.ComparatorElement is not null) return null;
        if (quantity.System == Quantity.Ucum && quantity.Code is { } ucum) return new(value, ucum);
        return (quantity.Code ?? quantity.Unit) is { } unit
            ? new(value, quantity.Code is null ? unit : $"{quantity.System}|{unit}") { IsOpaque = true }
            : new(value, One);
    }

    /// <summary>A quantity, or a number as one without a unit; null for anything else.</summary>
    internal static PathQuantity? From(object? value) => value switch
    {
        PathQuantity quantity => quantity,
        int number => new(number, One),
        decimal number => new(number, One),
        _ => null,
    };

    /// <summary>Of a text: `1`, `1 day`, `1 'wk'`; null when it has no such form.</summary>
    internal static PathQuantity? Parse(string text)
    {
        var end = text.AsSpan().IndexOfAnyExcept("+-.0123456789");
        var number = end < 0 ? text : text[..end];
        if (!Conversions.IsDecimal(number)) return null;
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return null;
        var unit = end < 0 ? "" : text[end..].Trim();
        if (unit.Length == 0) return end < 0 ? new(value, One) : null;
        if (unit is ['\'', .., '\''] and { Length: > 2 }) return new(value, unit[1..^1]);
        return CalendarUnits.IsUnit(unit) ? new(value, unit, true) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Value} {(IsCalendar ? Unit : $"'{Unit}'")}");
}
