using System.Text.RegularExpressions;
using Fhir;
using Fhir.Json;
using Fhir.Validation;
using Messages.Guide;

namespace Messages.Tests.Guide;

/// <summary>The guide's own resources: right, whole, and about what is there.</summary>
public sealed partial class GuideTests
{
    public static TheoryData<string> All { get; } = [.. GuideContent.Resources.Select(NameOf)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_resource_of_the_guide_is_right_and_survives_writing_and_reading(string name)
    {
        var resource = GuideContent.Resources.Single(r => NameOf(r) == name);
        var read = FhirJson.Read(FhirJson.Write(resource));
        Assert.Empty(read.Issues);
        Assert.True(resource.DeepEquals(read.Resource));
        Assert.Empty(ResourceValidator.Validate(resource, ValidationOptions.ErrorsOnly)
            .Select(i => $"{i.Expression} {i.Message}"));
        Assert.Equal($"{Canonicals.Base}/{resource.TypeName}/{resource.Id}", GuideContent.UrlOf(resource));
        Assert.Empty(GuideContent.Registry.NotChecked(GuideContent.UrlOf(resource)!));
    }

    [Fact]
    public void No_two_resources_have_one_name() =>
        Assert.Distinct(GuideContent.Resources.Select(NameOf), StringComparer.Ordinal);

    [Fact]
    public void What_a_profile_names_is_there()
    {
        var elements = GuideContent.Resources.OfType<StructureDefinition>().SelectMany(d => d.Differential!.Element);
        Assert.All(elements, element =>
        {
            Assert.All(element.Type.SelectMany(t => t.Profile.Concat(t.TargetProfile)), profile =>
                Assert.True(GuideContent.Registry.Knows(profile), profile));
            if (element.Binding?.ValueSet is { } valueSet) Assert.NotNull(GuideContent.Registry.ValueSet(valueSet));
        });
        Assert.All(GuideContent.Resources.OfType<MessageDefinition>().SelectMany(m => m.Focus), focus =>
            Assert.True(focus.Profile is null || GuideContent.Registry.Knows(focus.Profile)));
    }

    [Fact]
    public void Every_code_system_of_ours_that_the_services_name_is_in_the_guide()
    {
        var services = Path.Combine(ExampleFiles.Examples, "..", "..", "services");
        var named = Directory.GetFiles(services, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/Guide/", StringComparison.Ordinal))
            .SelectMany(file => SystemName().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.True(named.Count > 20);
        Assert.All(named, name => Assert.NotNull(GuideContent.Registry.CodeSystem(Canonicals.CodeSystem(name))));
    }

    [Fact]
    public void Every_code_of_ours_in_an_example_is_in_the_guide_where_its_system_is_complete()
    {
        var found = 0;
        foreach (var coding in ExampleFiles.Names.Where(n => !n.Contains("bad-", StringComparison.Ordinal))
            .SelectMany(name => ExampleFiles.Objects(ExampleFiles.Json(name))))
        {
            if (ExampleFiles.Text(coding, "system") is not { } system
                || GuideContent.Registry.CodeSystem(system) is not { Content: CodeSystemContentMode.Complete } known)
                continue;
            found++;
            Assert.Contains(ExampleFiles.Text(coding, "code"), known.Concept.Select(c => c.Code));
        }
        Assert.True(found > 100);
    }

    private static string NameOf(Resource resource) => $"{resource.TypeName}/{resource.Id}";

    [GeneratedRegex("""(?:Canonicals\.CodeSystem\("|Base \+ "/CodeSystem/)([a-z-]+)""", RegexOptions.None, 1000)]
    private static partial Regex SystemName();
}
