using Fhir.Generator;
using Fhir.Generator.Trimming;
using Fhir.Json;
using Fhir.Tests.Validation.Profiles;
using Fhir.Validation;

namespace Fhir.Tests;

public sealed class GeneratedCodeTests
{
    [Fact]
    public void The_checked_in_model_is_what_the_generator_writes()
    {
        var folders = Folders.Find(AppContext.BaseDirectory);
        var generated = ModelGenerator.Generate(folders);
        var present = Directory.GetFiles(folders.Generated).ToDictionary(
            f => System.IO.Path.GetFileName(f), File.ReadAllText);
        Assert.Equal(generated.Keys.Order(StringComparer.Ordinal), present.Keys.Order(StringComparer.Ordinal));
        Assert.All(generated, file => Assert.True(file.Value == present[file.Key],
            $"{file.Key} differs: run `dotnet run --project services/Shared/Fhir.Generator`."));
    }

    [Fact]
    public void The_checked_in_Finnish_profiles_are_what_the_generator_trims()
    {
        var folders = Folders.Find(AppContext.BaseDirectory);
        HashSet<string> modelled = [.. File.ReadAllLines(folders.Resources), "Extension"];
        var package = System.IO.Path.Combine(SharedData.Folder, "fi-base", "package");
        Assert.Equal(ProfileTrimmer.Trim(package, modelled), File.ReadAllText(folders.Profiles));
    }

    [Fact]
    public void The_trimmed_Finnish_profiles_find_what_the_whole_ones_find()
    {
        var trimmed = (Bundle)FhirJson.Read(File.ReadAllBytes(Folders.Find(AppContext.BaseDirectory).Profiles)).Resource!;
        var registry = new ProfileRegistry(trimmed.Entry.Select(entry => entry.Resource!));
        Assert.All(FinnishProfiles.Definitions.Where(d => ModelInfo.Type(d.Type!) is not null), d =>
            Assert.Empty(registry.NotChecked(d.Url!)));
        Assert.All(FinnishProfiles.Examples, example => Assert.Equal(
            Found(example.Resource, FinnishProfiles.Registry), Found(example.Resource, registry)));
        // Nothing in them: what is demanded is what is missing.
        Assert.All(FinnishProfiles.Definitions.Where(d => ModelInfo.Type(d.Type!) is { IsResource: true }), d =>
        {
            var empty = (Resource)ModelInfo.Type(d.Type!)!.Create();
            empty.Meta = new() { Profile = [d.Url!] };
            Assert.Equal(Found(empty, FinnishProfiles.Registry), Found(empty, registry));
        });
    }

    private static string[] Found(Resource resource, ProfileRegistry registry) =>
        [.. ResourceValidator.Validate(resource, new() { Registry = registry }).Select(i => $"{i.Expression} {i.Message}")];
}
