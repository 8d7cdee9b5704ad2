using Fhir;
using Fhir.Json;
using Fhir.Validation;
using Messages.Guide;

namespace Messages.Tests.Guide;

/// <summary>The examples and sample data against the guide's profiles.</summary>
public sealed class GuideExampleTests
{
    // What the profiles cannot see, with the reason.
    private static readonly Dictionary<string, string> SeenByTheServiceOnly = new(StringComparer.Ordinal)
    {
        ["bad-illegal-transition.json"] = "Right by itself; what was answered before makes it wrong.",
    };

    public static TheoryData<string> Good { get; } =
        [.. ExampleFiles.Names.Where(n => !n.Contains("bad-", StringComparison.Ordinal))];

    public static TheoryData<string> Bad { get; } =
        [.. ExampleFiles.Names.Where(n => n.Contains("bad-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_example_keeps_to_the_profiles_of_the_guide(string name)
    {
        var resource = FhirJson.Read(ExampleFiles.Bytes(name)).Resource!;
        Assert.Empty(Faults(resource).Select(i => $"{i.Expression} {i.Message}"));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_example_is_refused(string name)
    {
        var read = FhirJson.Read(ExampleFiles.Bytes(name));
        Assert.Equal(
            !SeenByTheServiceOnly.ContainsKey(Path.GetFileName(name)),
            !read.Ok || Faults(read.Resource!).Any());
    }

    [Fact]
    public void Damage_is_found_at_its_place()
    {
        const string Focus = "Bundle.entry[0].resource.focus[0] target";
        Assert.Equal(["Bundle.entry[0].resource.event pattern"], Damaged("03-", b => ((Coding)Header(b).Event!).Code = "x"));
        Assert.Equal(["Bundle message"], Damaged("03-", b => b.All<FhirTask>().First().Code = null));
        Assert.Equal([Focus], Damaged("03-", b => b.All<FhirTask>().First().Identifier.Clear()));
        Assert.Equal([Focus], Damaged("10a-",
            b => ((CodeableConcept)b.All<Observation>().First().Value!).Coding[0].Code = "Retired"));
        Assert.Equal([Focus], Damaged("12d-", b => b.All<FhirTask>().First().StatusReason = null));
        Assert.Equal(["Bundle.entry[2].resource.identifier[0].system pattern"], Damaged("10a-",
            b => b.All<Patient>().First().Identifier[0].System = "urn:oid:1.2.3"));
    }

    private static string[] Damaged(string example, Action<Bundle> damage)
    {
        var name = ExampleFiles.Names.First(n => Path.GetFileName(n).StartsWith(example, StringComparison.Ordinal));
        var bundle = (Bundle)FhirJson.Read(ExampleFiles.Bytes(name)).Resource!;
        string[] profiles = [.. GuideContent.ProfilesOf(bundle)];
        damage(bundle);
        return [.. Faults(bundle, profiles).Select(i => $"{i.Expression} {i.Message.Split(':')[0].Split('-')[0]}")];
    }

    private static IEnumerable<FhirIssue> Faults(Resource resource)
    {
        var resources = resource is Bundle { Type: not BundleType.Message } bundle
            ? bundle.Entry.Select(entry => entry.Resource!)
            : [resource];
        return resources.SelectMany(r => Faults(r, [.. GuideContent.ProfilesOf(r)]));
    }

    private static IEnumerable<FhirIssue> Faults(Resource resource, string[] profiles) =>
        ResourceValidator.Validate(resource, new() { Registry = GuideContent.Registry, Profiles = profiles })
            .Where(i => i.IsError);

    private static MessageHeader Header(Bundle bundle) => bundle.MessageHeader();
}
