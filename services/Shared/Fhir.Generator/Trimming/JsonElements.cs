using System.Text.Json;

namespace Fhir.Generator.Trimming;

internal static class JsonElements
{
    /// <summary>The child, or an undefined element when there is none.</summary>
    public static JsonElement Child(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var child) ? child : default;

    public static string? Text(this JsonElement e, string name) =>
        e.Child(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static bool Flag(this JsonElement e, string name) => e.Child(name).ValueKind == JsonValueKind.True;

    public static JsonElement[] Items(this JsonElement e, string name) =>
        e.Child(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
