namespace Fhir.Generator;

/// <summary>Where the generator reads and writes inside the repository.</summary>
public sealed record Folders(string Definitions, string Resources, string Generated, string Profiles)
{
    public static Folders Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "services", "Shared");
            if (!Directory.Exists(Path.Combine(shared, "Fhir.Generator"))) continue;
            return new(
                Path.Combine(shared, "Fhir.Generator", "Definitions", "r4.json.gz"),
                Path.Combine(shared, "Fhir.Generator", "Resources.txt"),
                Path.Combine(shared, "Fhir", "Generated"),
                Path.Combine(shared, "Messages", "Guide", "fi-base.json"));
        }
        throw new DirectoryNotFoundException($"No repository with services/Shared/Fhir.Generator above {from}.");
    }
}
