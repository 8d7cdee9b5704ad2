namespace Fhir.Path.Values;

/// <summary>Quantities among each other, by UCUM where both units are of it.</summary>
internal static class QuantityOrder
{
    /// <summary>Null when the units cannot be compared.</summary>
    public static bool? AreEqual(PathQuantity a, PathQuantity b) =>
        Compare(a, b) is { } order ? order == 0 : null;

    /// <summary>Rounded to the less precise one, in its unit. A year is equivalent to UCUM's `a`.</summary>
    public static bool AreEquivalent(PathQuantity a, PathQuantity b)
    {
        if (a.Value.Scale > b.Value.Scale) (a, b) = (b, a);
        if (Measure(a, definite: true) is not { } x || Measure(b, definite: true) is not { } y) return a == b;
        if (x.Dimension != y.Dimension) return false;
        // Only a whole unit's digits count, so the more precise one is rounded in the unit of the other.
        return Divide(y.Value, x.Factor) is { } converted && Equivalence.Rounded(a.Value, converted);
    }

    public static int? Compare(PathQuantity a, PathQuantity b)
    {
        if (a.Unit == b.Unit && a.IsCalendar == b.IsCalendar) return a.Value.CompareTo(b.Value);
        if (Measure(a) is not { } x || Measure(b) is not { } y || x.Dimension != y.Dimension) return null;
        return x.Value.CompareTo(y.Value);
    }

    /// <summary>The amount in the unit of the other; null when their dimensions differ.</summary>
    public static decimal? Convert(PathQuantity amount, PathQuantity to)
    {
        if (amount.Unit == to.Unit) return amount.Value;
        return Measure(amount) is { } x && Measure(to) is { } y && x.Dimension == y.Dimension
            ? Divide(x.Value, y.Factor)
            : null;
    }

    public static bool AreComparable(PathQuantity a, PathQuantity b) =>
        Measure(a) is { } x && Measure(b) is { } y && x.Dimension == y.Dimension;

    private static decimal? Divide(decimal value, decimal factor) => factor == 0 ? null : value / factor;

    private static Measured? Measure(PathQuantity quantity, bool definite = false)
    {
        if (quantity.IsOpaque) return null;
        if (Unit(quantity, definite) is not { } unit) return null;
        try
        {
            return new(quantity.Value * unit.Factor, unit.Factor, unit.Dimension);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    // Years and months have no fixed length, so they are a dimension of their own.
    private static UcumUnit? Unit(PathQuantity quantity, bool definite)
    {
        if (!quantity.IsCalendar) return Ucum.Parse(quantity.Unit);
        var unit = CalendarUnits.Singular(quantity.Unit)!;
        return unit switch
        {
            CalendarUnits.Year when !definite => new(12, "calendar months"),
            CalendarUnits.Month when !definite => new(1, "calendar months"),
            _ => Ucum.Parse(CalendarUnits.Ucum(unit)),
        };
    }

    private readonly record struct Measured(decimal Value, decimal Factor, string Dimension);
}
