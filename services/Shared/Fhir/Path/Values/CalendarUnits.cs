namespace Fhir.Path.Values;

/// <summary>Calendar units, http://hl7.org/fhirpath/N1/#time-valued-quantities</summary>
internal static class CalendarUnits
{
    public const string Year = "year";
    public const string Month = "month";

    public static bool IsUnit(string word) => Singular(word) is not null;

    /// <summary>`day` for `days`; null for what is no calendar unit.</summary>
    public static string? Singular(string word) => word switch
    {
        "year" or "years" => Year,
        "month" or "months" => Month,
        "week" or "weeks" => "week",
        "day" or "days" => "day",
        "hour" or "hours" => "hour",
        "minute" or "minutes" => "minute",
        "second" or "seconds" => "second",
        "millisecond" or "milliseconds" => "millisecond",
        _ => null,
    };

    /// <summary>
    /// UCUM's code for a calendar unit: equal to it up to the week, only equivalent for month and year.
    /// </summary>
    public static string Ucum(string singular) => singular switch
    {
        Year => "a",
        Month => "mo",
        "week" => "wk",
        "day" => "d",
        "hour" => "h",
        "minute" => "min",
        "second" => "s",
        _ => "ms",
    };

    /// <summary>The calendar unit for a UCUM code that dates may be moved by; null for any other.</summary>
    public static string? OfUcum(string code) => code switch
    {
        "wk" => "week",
        "d" => "day",
        "h" => "hour",
        "min" => "minute",
        "s" => "second",
        "ms" => "millisecond",
        _ => null,
    };
}
