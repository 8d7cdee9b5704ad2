using Fhir.Validation;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>The Finnish base profiles against the examples that were published with them, as they are and damaged.</summary>
public sealed class FinnishProfileTests
{
    private static readonly ValidationOptions Options = new() { Registry = FinnishProfiles.Registry };

    private static readonly Dictionary<string, (string Example, Action<Resource> Damage)> Damages = new()
    {
        ["Provenance.agent[0].role[0].coding[0].code pattern"] = ("Provenance-custodian-public-healthcare",
            r => Agent(r).Role[0].Coding[0].Code = "2"),
        ["Provenance.agent[0].who.identifier.system pattern"] = ("Provenance-custodian-public-healthcare",
            r => Agent(r).Who!.Identifier!.System = "urn:oid:1.2.3"),
        ["Provenance.agent min"] = ("Provenance-custodian-occupational-healthcare",
            r => Agent(r).Type!.Coding[0].Code = "AUT"),
        ["Provenance.agent[0].role min"] = ("Provenance-custodian-occupational-healthcare",
            r => Agent(r).Role[0].Coding[0].System = "urn:oid:1.2.3"),
        ["Patient.identifier max"] = ("Patient-7257379",
            r => ((Patient)r).Identifier = [Official("urn:oid:1.2.246.21"), Official("urn:oid:1.2.246.21")]),
        ["Patient.identifier[0].system pattern"] = ("Patient-7257379",
            r => ((Patient)r).Identifier = [Official("urn:oid:1.2.3")]),
        ["Patient.meta.security max"] = ("Patient-7257379",
            r => r.Meta = new() { Security = [Restricted("A"), Restricted("B")] }),
        ["Practitioner.identifier max"] = ("Practitioner-practitioner-licensed-physician",
            r => ((Practitioner)r).Identifier = [new("urn:oid:1.2.246.537.26", "1"), new("urn:oid:1.2.246.537.26", "2")]),
        ["EpisodeOfCare.patient target-profile"] = ("EpisodeOfCare-id-for-episode-1",
            r => Contain((EpisodeOfCare)r, new Patient { Id = "p", Identifier = [Official("urn:oid:1.2.3")] })),
        ["Condition.extension[0].value type"] = ("Condition-id-for-diagnosis-3",
            r => ((Condition)r).Extension[0].Value = new Integer(1)),
    };

    public static TheoryData<string> Damaged => [.. Damages.Keys];

    [Fact]
    public void Every_published_example_keeps_to_the_profiles_that_it_claims_and_to_the_profile_of_its_type()
    {
        var (checkedOnes, claims) = (0, 0);
        Assert.All(FinnishProfiles.Examples, example =>
        {
            var profile = FinnishProfiles.Base + OfType(example.Resource.TypeName);
            Assert.NotNull(FinnishProfiles.Registry.StructureDefinition(profile));
            var issues = ResourceValidator.Validate(example.Resource, Options with { Profiles = [profile] });
            // Some claim profiles of other guides, which are not at hand.
            Assert.DoesNotContain(issues, i => i.IsError || !i.Message.StartsWith("profile-unknown", StringComparison.Ordinal));
            checkedOnes++;
            claims += example.Resource.Meta?.Profile.Count(p => p.StartsWith(FinnishProfiles.Base, StringComparison.Ordinal)) ?? 0;
        });
        Assert.True(checkedOnes >= 35 && claims >= 10, $"{checkedOnes} examples with {claims} claims were checked.");
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_example_is_refused_at_the_place_of_the_damage(string fault)
    {
        var (name, damage) = Damages[fault];
        var resource = FinnishProfiles.Example(name);
        var options = Options with { Profiles = [FinnishProfiles.Base + OfType(resource.TypeName)] };
        Assert.DoesNotContain(ResourceValidator.Validate(resource, options), i => i.IsError);
        damage(resource);
        var error = Assert.Single(ResourceValidator.Validate(resource, options), i => i.IsError);
        Assert.Equal(fault, $"{error.Expression} {error.Message.Split(':')[0]}");
        Assert.Contains("(profile: " + FinnishProfiles.Base, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_profile_can_be_checked_in_full()
    {
        var definitions = Directory.GetFiles(System.IO.Path.Combine(FinnishProfiles.Folder, "package"), "StructureDefinition-*.json");
        Assert.True(definitions.Length > 40);
        Assert.All(FinnishProfiles.Definitions, d =>
            Assert.True(ModelInfo.Type(d.Type!) is null || FinnishProfiles.Registry.NotChecked(d.Url!).Count == 0, d.Url));
    }

    private static string OfType(string type) => "fi-base"
        + string.Concat(type.Select(c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{c}"));

    private static Provenance.AgentComponent Agent(Resource resource) => ((Provenance)resource).Agent[0];

    private static Identifier Official(string system) => new(system, "x") { Use = IdentifierUse.Official };

    private static Coding Restricted(string code) =>
        new("https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs", code);

    private static void Contain(EpisodeOfCare episode, Patient patient)
    {
        episode.Contained.Add(patient);
        episode.Patient = new("#" + patient.Id);
    }
}
