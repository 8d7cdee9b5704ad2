using System.Globalization;

namespace Fhir;

/// <summary>Helpers of the generated properties.</summary>
internal static class Primitives
{
    /// <summary>The values of the items that have one.</summary>
    public static IEnumerable<string> Texts<T>(List<T>? items) where T : PrimitiveType =>
        items?.Select(i => i.Text).OfType<string>() ?? [];

    public static IEnumerable<T> Codes<T>(List<Code<T>>? items) where T : struct, Enum =>
        items?.Select(i => i.Value).OfType<T>() ?? [];

    public static int? Int(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
