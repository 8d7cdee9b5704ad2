using Fhir.Json;
using Fhir.Validation;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>The Finnish base profiles 2.0.0-rc2 of the shared data.</summary>
internal static class FinnishProfiles
{
    public const string Base = "https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/";

    public static string Folder => System.IO.Path.Combine(SharedData.Folder, "fi-base");

    public static ProfileRegistry Registry { get; } = new(
        Directory.GetFiles(System.IO.Path.Combine(Folder, "package"), "*.json").Order(StringComparer.Ordinal)
            .Select(Read).OfType<Resource>());

    public static IEnumerable<StructureDefinition> Definitions =>
        Directory.GetFiles(System.IO.Path.Combine(Folder, "package"), "StructureDefinition-*.json").Select(Read)
            .OfType<StructureDefinition>();

    /// <summary>The examples of types that the model has.</summary>
    public static IEnumerable<(string Name, Resource Resource)> Examples =>
        Directory.GetFiles(System.IO.Path.Combine(Folder, "example"), "*.json")
            .Concat(Directory.GetFiles(System.IO.Path.Combine(Folder, "package"), "Patient-*.json"))
            .Order(StringComparer.Ordinal)
            .Select(file => (System.IO.Path.GetFileNameWithoutExtension(file), Read(file)))
            .Where(example => example.Item2 is not null).Select(example => (example.Item1, example.Item2!));

    public static Resource Example(string name) => Examples.Single(e => e.Name == name).Resource;

    private static Resource? Read(string file)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file));
        return read.Issues.Any(i => i.Code == IssueType.NotSupported) ? null : read.Resource;
    }
}
