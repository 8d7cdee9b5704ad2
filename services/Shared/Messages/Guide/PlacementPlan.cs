using Fhir;
using Fhir.Json;

namespace Messages.Guide;

/// <summary>
/// The placement policy and its reasons as resources. They are made by running the policy; a test of OccupationalHealth
/// makes them again and compares: `OMH_WRITE_PLAN=1 dotnet test tests/OccupationalHealth.Tests` writes them anew.
/// </summary>
internal static class PlacementPlan
{
    public static IReadOnlyList<Resource> All { get; } = Read();

    private static IReadOnlyList<Resource> Read()
    {
        using var stream = typeof(PlacementPlan).Assembly.GetManifestResourceStream("Messages.Guide.placement.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return [.. ((Bundle)FhirJson.Read(bytes.ToArray()).Resource!).Entry.Select(entry => entry.Resource!)];
    }
}
