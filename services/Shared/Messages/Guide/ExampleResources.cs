using Fhir;
using Fhir.Json;

namespace Messages.Guide;

/// <summary>An example of the guide: a message or resource of deploy/examples that is right.</summary>
/// <param name="Name">Name of its file, without the ending.</param>
/// <param name="Resource">With an id: its own, or else the name.</param>
public sealed record GuideExample(string Name, Resource Resource);

internal static class ExampleResources
{
    private const string Folder = "Messages.Examples.";

    public static IReadOnlyList<GuideExample> All { get; } =
    [
        .. typeof(ExampleResources).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    private static GuideExample Read(string resource)
    {
        using var stream = typeof(ExampleResources).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var name = Path.GetFileNameWithoutExtension(resource[Folder.Length..]);
        var read = FhirJson.Read(bytes.ToArray()).Resource!;
        read.Id ??= name;
        return new(name, read);
    }
}
