namespace Fhir.Tests;

/// <summary>Test data made by others, kept beside the repository (or where OMH_SHARED_DATA says).</summary>
internal static class SharedData
{
    public static string Folder => Find();

    public static IEnumerable<string> Examples() =>
        Directory.GetFiles(System.IO.Path.Combine(Folder, "r4-examples"), "*.json").Order(StringComparer.Ordinal);

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("OMH_SHARED_DATA") is { Length: > 0 } named) return Existing(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
                return Existing(System.IO.Path.Combine(folder.Parent!.FullName, "shared", "data"));
        }
        throw new DirectoryNotFoundException("The tests must run inside the repository.");
    }

    private static string Existing(string folder) => Directory.Exists(System.IO.Path.Combine(folder, "r4-examples"))
        ? folder
        : throw new DirectoryNotFoundException(
            $"No HL7 examples in {folder}: put them into ../shared/data or name their folder in OMH_SHARED_DATA.");
}
