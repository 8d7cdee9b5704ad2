namespace Fhir.Json;

/// <summary>HL7's limits for narrative.</summary>
internal static class Xhtml
{
    public static string? Fault(string text) =>
        text.StartsWith("<div", StringComparison.Ordinal) ? null : "must be a div";
}
