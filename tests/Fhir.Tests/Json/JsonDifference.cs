using System.Text.Json;

namespace Fhir.Tests.Json;

/// <summary>Compares JSON: the text of numbers counts; whitespace, escapes and order of properties do not.</summary>
internal static class JsonDifference
{
    /// <returns>The first difference, or null.</returns>
    public static string? Find(JsonElement a, JsonElement b, string path = "$")
    {
        if (a.ValueKind != b.ValueKind) return $"{path}: {a.ValueKind} became {b.ValueKind}";
        return a.ValueKind switch
        {
            JsonValueKind.Object => Objects(a, b, path),
            JsonValueKind.Array => Arrays(a, b, path),
            JsonValueKind.String => a.GetString() == b.GetString() ? null : $"{path}: other text",
            _ => a.GetRawText() == b.GetRawText() ? null : $"{path}: other token",
        };
    }

    private static string? Objects(JsonElement a, JsonElement b, string path)
    {
        var names = a.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ToArray();
        var others = b.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
        if (!names.SequenceEqual(others)) return $"{path}: other properties";
        return names.Select(n => Find(a.GetProperty(n), b.GetProperty(n), $"{path}.{n}"))
            .FirstOrDefault(d => d is not null);
    }

    private static string? Arrays(JsonElement a, JsonElement b, string path)
    {
        if (a.GetArrayLength() != b.GetArrayLength()) return $"{path}: other length";
        return a.EnumerateArray().Zip(b.EnumerateArray()).Select((p, i) => Find(p.First, p.Second, $"{path}[{i}]"))
            .FirstOrDefault(d => d is not null);
    }
}
