namespace Fhir.Path.Values;

/// <summary>
/// `lowBoundary()` and `highBoundary()`: the least and the greatest that a value of limited precision may mean,
/// http://hl7.org/fhirpath/#lowboundaryprecision-integer--decimal--date--datetime--time
/// </summary>
internal static class Boundaries
{
    private const int DefaultDigits = 8;
    private const int MostDigits = 28;

    /// <param name="precision">Digits of the fraction, or <see cref="PathPrecision"/>; null for the default.</param>
    public static object? Of(object value, int? precision, bool high) => value switch
    {
        int number => Number(number, precision, high),
        decimal number => Number(number, precision, high),
        PathQuantity quantity => Number(quantity.Value, precision, high) is { } bound
            ? quantity with { Value = bound }
            : null,
        PathDate date => Date(date, precision, high),
        _ => throw new FhirPathException("Only numbers, quantities, dates and times have boundaries."),
    };

    private static decimal? Number(decimal number, int? precision, bool high)
    {
        var digits = precision ?? DefaultDigits;
        if (digits is < 0 or > MostDigits) return null;
        try
        {
            var half = new decimal(5, 0, 0, false, (byte)Math.Min(MostDigits, number.Scale + 1));
            var bound = high ? number + half : number - half;
            // Math.Round keeps fewer digits than asked for when there are fewer; adding a zero of that scale does not.
            var rounding = high ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity;
            return Math.Round(bound, digits, rounding) + new decimal(0, 0, 0, false, (byte)digits);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static PathDate? Date(PathDate date, int? precision, bool high)
    {
        if (Target(date.Kind, precision) is not { } target) return null;
        var local = date.Local;
        if (high) local = DateOrder.End(date).AddTicks(-1);
        var result = date with { Local = Cut(local, target), Precision = target };
        if (target <= PathPrecision.Day) return result with { Offset = null, FractionDigits = 0 };
        result = result with { FractionDigits = target == PathPrecision.Millisecond ? 3 : 0 };
        if (date.IsTime || date.Offset is not null) return result;
        return result with { Offset = TimeSpan.FromHours(high ? -12 : 14) };
    }

    private static PathPrecision? Target(PathDateKind kind, int? precision)
    {
        if (kind == PathDateKind.Time)
        {
            return precision switch
            {
                null or 9 => PathPrecision.Millisecond,
                2 => PathPrecision.Hour,
                4 => PathPrecision.Minute,
                6 => PathPrecision.Second,
                _ => null,
            };
        }
        var most = kind == PathDateKind.Date ? PathPrecision.Day : PathPrecision.Millisecond;
        var target = (PathPrecision)(precision ?? (int)most);
        return Enum.IsDefined(target) && target <= most ? target : null;
    }

    /// <summary>What `precision()` answers: digits of a number's fraction or of a date's fields.</summary>
    public static int? Precision(object value) => value switch
    {
        int => 0,
        decimal number => number.Scale,
        PathQuantity quantity => quantity.Value.Scale,
        PathDate { IsTime: true } time => (int)time.Precision - (int)PathPrecision.Day,
        PathDate date => (int)date.Precision,
        _ => throw new FhirPathException("Only numbers, quantities, dates and times have a precision."),
    };

    private static DateTime Cut(DateTime time, PathPrecision precision) => precision switch
    {
        PathPrecision.Second => new(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond),
        PathPrecision.Millisecond => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond),
        _ => DateOrder.Cut(time, precision),
    };
}
