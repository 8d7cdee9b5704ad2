namespace Fhir.Path.Values;

/// <summary>
/// Takes the text of a date or time apart. FHIRPath allows hours and minutes alone, where FHIR does not.
/// </summary>
internal ref struct PathDateReader(ReadOnlySpan<char> text)
{
    private const int FinestDigits = 7;

    private ReadOnlySpan<char> _rest = text;
    private PathPrecision _precision;
    private TimeSpan _time;
    private int _digits;

    public PathDate? Read(PathDateKind kind)
    {
        var date = DateTime.MinValue;
        if (kind != PathDateKind.Time && !Date(ref date)) return null;
        TimeSpan? offset = null;
        if (kind == PathDateKind.Time || (kind == PathDateKind.DateTime && _rest.Length > 0))
        {
            if (kind == PathDateKind.DateTime && (_precision != PathPrecision.Day || !Take('T'))) return null;
            if (!Time()) return null;
            if (kind == PathDateKind.DateTime && !Zone(ref offset)) return null;
        }
        if (_rest.Length > 0 || date.Ticks > DateTime.MaxValue.Ticks - _time.Ticks) return null;
        return new()
        {
            Kind = kind,
            Precision = _precision,
            Local = date + _time,
            Offset = offset,
            FractionDigits = Math.Min(_digits, FinestDigits),
        };
    }

    private bool Date(ref DateTime date)
    {
        var (month, day) = (1, 1);
        if (!Number(4, 1, 9999, out var year)) return false;
        _precision = PathPrecision.Year;
        if (Take('-'))
        {
            if (!Number(2, 1, 12, out month)) return false;
            _precision = PathPrecision.Month;
            if (Take('-'))
            {
                if (!Number(2, 1, DateTime.DaysInMonth(year, month), out day)) return false;
                _precision = PathPrecision.Day;
            }
        }
        date = new(year, month, day);
        return true;
    }

    private bool Time()
    {
        var (minute, second) = (0, 0);
        if (!Number(2, 0, 23, out var hour)) return false;
        _precision = PathPrecision.Hour;
        if (Take(':'))
        {
            if (!Number(2, 0, 59, out minute)) return false;
            _precision = PathPrecision.Minute;
            if (Take(':'))
            {
                // R4 allows a leap second.
                if (!Number(2, 0, 60, out second)) return false;
                _precision = PathPrecision.Second;
            }
        }
        _time = new(hour, minute, second);
        return _precision != PathPrecision.Second || !Take('.') || Fraction();
    }

    private bool Fraction()
    {
        _precision = PathPrecision.Millisecond;
        var scale = TimeSpan.TicksPerSecond;
        for (; _rest.Length > 0 && char.IsAsciiDigit(_rest[0]); _rest = _rest[1..], _digits++)
        {
            scale /= 10;
            _time += TimeSpan.FromTicks((_rest[0] - '0') * scale);
        }
        return _digits > 0;
    }

    private bool Zone(ref TimeSpan? offset)
    {
        if (_rest.Length == 0) return true;
        if (Take('Z'))
        {
            offset = TimeSpan.Zero;
            return true;
        }
        var sign = _rest[0] == '-' ? -1 : 1;
        if (!Take('+') && !Take('-')) return false;
        if (!Number(2, 0, 14, out var hours) || !Take(':') || !Number(2, 0, 59, out var minutes)) return false;
        offset = new TimeSpan(hours, minutes, 0) * sign;
        return hours * 60 + minutes <= 14 * 60;
    }

    private bool Take(char c)
    {
        if (_rest.Length == 0 || _rest[0] != c) return false;
        _rest = _rest[1..];
        return true;
    }

    private bool Number(int digits, int least, int most, out int value)
    {
        value = 0;
        if (_rest.Length < digits) return false;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiDigit(_rest[i])) return false;
            value = value * 10 + (_rest[i] - '0');
        }
        _rest = _rest[digits..];
        return value >= least && value <= most;
    }
}
