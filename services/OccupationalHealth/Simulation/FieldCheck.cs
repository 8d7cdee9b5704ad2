using System.Globalization;
using Fhir;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.Simulation;

/// <summary>Reads the members of a scenario, and names each that is missing or of no use.</summary>
internal sealed class FieldCheck(List<FhirIssue> faults)
{
    public const int LongestId = 64;

    public void Fault(IssueType code, string place, string message) =>
        faults.Add(Refusal.Issue(code, place, message));

    /// <summary>An id of our own making or a client's: short, and no more than letters, digits, dot and hyphen.</summary>
    public string Id(string? value, string place)
    {
        if (value is not { Length: > 0 and <= LongestId } || !value.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.'))
            Fault(value is null ? IssueType.Required : IssueType.Value, place,
                $"An id of 1 to {LongestId} letters, digits, dots and hyphens.");
        return value ?? "";
    }

    public T Code<T>(string? value, string place) where T : struct, Enum
    {
        if (Codes.Parse<T>(value) is { } known)
            return known;
        Fault(value is null ? IssueType.Required : IssueType.CodeInvalid, place,
            $"One of {string.Join(", ", Enum.GetValues<T>().Select(one => one.Code()))}.");
        return default;
    }

    public DateOnly Day(string? value, string place)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Fault(value is null ? IssueType.Required : IssueType.Value, place, "A day, as 2026-03-15.");
        return default;
    }

    public DateOnly? DayOrNone(string? value, string place) => value is null ? null : Day(value, place);

    public int? Count(int? value, string place)
    {
        if (value < 0)
            Fault(IssueType.Value, place, "A whole number, 0 or more.");
        return value;
    }
}
