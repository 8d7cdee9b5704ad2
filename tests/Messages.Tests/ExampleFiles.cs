using System.Text.Json;

namespace Messages.Tests;

/// <summary>The files of deploy/examples and deploy/Standalone/SampleData as they lie in the working tree.</summary>
internal static class ExampleFiles
{
    public static string Examples { get; } = Path.Combine(Root(), "deploy", "examples");

    public static string Samples { get; } = Path.Combine(Root(), "deploy", "Standalone", "SampleData");

    public static IEnumerable<string> Names { get; } =
        [.. Directory.GetFiles(Examples, "*.json").Concat(Directory.GetFiles(Samples, "*.json"))
            .Select(path => Path.GetRelativePath(Root(), path)).Order(StringComparer.Ordinal)];

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Root(), name));

    public static JsonElement Json(string name) => JsonSerializer.Deserialize<JsonElement>(Bytes(name));

    /// <summary>Every object in the document, the root first.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Objects(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    public static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
