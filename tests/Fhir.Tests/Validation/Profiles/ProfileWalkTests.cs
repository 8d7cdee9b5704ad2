using Fhir.Validation;
using static Fhir.Tests.Validation.Profiles.HandMade;

namespace Fhir.Tests.Validation.Profiles;

/// <summary>Which resources are held against which profiles.</summary>
public sealed class ProfileWalkTests
{
    private static readonly StructureDefinition Named = Profile("Patient", Element("Patient.name", "'min':1"));

    [Fact]
    public void A_claimed_profile_is_checked_wherever_the_resource_stands()
    {
        var patient = "{'resourceType':'Patient','id':'p','meta':{'profile':['http://p.example/Patient','http://p.example/No']}}";
        var bundle = Resource("Bundle", "'type':'collection','entry':[{'resource':{'resourceType':'Observation',"
            + "'status':'final','code':{'text':'x'},'subject':{'reference':'#p'},'contained':[" + patient + "]}},"
            + "{'resource':" + patient + "}]");
        Assert.Equal(
            [
                "Bundle.entry[0].resource.contained[0].name min",
                "Bundle.entry[0].resource.contained[0].meta.profile[1] profile-unknown",
                "Bundle.entry[1].resource.name min",
                "Bundle.entry[1].resource.meta.profile[1] profile-unknown",
            ],
            ResourceValidator.Validate(bundle, new() { Registry = new([Named]) }).Select(Short));
        Assert.Empty(ResourceValidator.Validate(bundle));
    }

    [Fact]
    public void A_profile_that_is_asked_for_and_not_known_or_of_another_type_is_an_error()
    {
        Assert.Equal(["Patient profile-unknown"], Said(new Patient(), "Nowhere", Named));
        Assert.Equal(["Organization profile-type"], Said(new Organization { Name = "x" }, "Patient", Named));
        var asked = new ValidationOptions
        {
            Registry = new([]),
            Profiles = ["http://hl7.org/fhir/StructureDefinition/Patient", "http://hl7.org/fhir/StructureDefinition/Task"],
        };
        Assert.Equal(["Patient profile-type"], ResourceValidator.Validate(new Patient(), asked).Select(Short));
    }

    [Fact]
    public void A_profile_holds_what_it_derives_from_and_refines_its_slices()
    {
        StructureDefinition[] known =
        [
            Profile("Patient", Element("Patient.identifier", "'slicing':{'discriminator':[{'type':'value','path':'system'}],"
                + "'rules':'open'}") + "," + Element("Patient.identifier:a.system", "'fixedUri':'s:a'"), "Above"),
            Profile("Patient", Element("Patient.identifier:a", "'min':1") + "," + Element("Patient.birthDate", "'min':1"),
                parent: "Above"),
        ];
        Assert.Equal(["Patient.birthDate min", "Patient.identifier min"],
            Said(Resource("Patient", "'identifier':[{'system':'s:b'}]"), "Patient", known).Order());
        Assert.Empty(Said(Resource("Patient", "'birthDate':'2000','identifier':[{'system':'s:a'}]"), "Patient", known));
        Assert.Equal(["Patient not-checked"], Said(new Patient(), "Patient", Profile("Patient", "", parent: "Gone")));
    }

    [Fact]
    public void Entries_of_a_message_and_what_they_point_to_are_held_to_the_profiles_of_their_slices()
    {
        var message = Profile("Bundle", Element("Bundle.entry", "'slicing':{'discriminator':[{'type':'type','path':'resource'}],"
            + "'rules':'open'}") + "," + Element("Bundle.entry:patient", "'min':1") + ","
            + Element("Bundle.entry:patient.resource", "'min':1,'type':[{'code':'Patient','profile':['http://p.example/Patient']}]")
            + "," + Element("Bundle.entry:task.resource", "'type':[{'code':'Task','profile':['http://p.example/Task']}]"));
        var task = Profile("Task",
            Element("Task.for", "'min':1,'type':[{'code':'Reference','targetProfile':['http://p.example/Patient']}]"));
        string Of(string name) => "'type':'collection','entry':[{'resource':{'resourceType':'Task','status':'draft','intent':'order',"
            + "'for':{'reference':'Patient/1'}}},{'resource':{'resourceType':'Patient','id':'1'" + name + "}}]";
        Assert.Empty(Said(Resource("Bundle", Of(",'name':[{'text':'a'}]")), "Bundle", message, task, Named));
        Assert.Equal(["Bundle.entry[1].resource.name min", "Bundle.entry[0].resource.for target-profile"],
            Said(Resource("Bundle", Of("")), "Bundle", message, task, Named));
        Assert.Equal(["Bundle.entry min"], Said(Resource("Bundle", "'type':'collection'"), "Bundle", message, task, Named));
    }

    [Fact]
    public void References_in_a_circle_and_profiles_that_name_each_other_come_to_an_end()
    {
        var linked = Profile("Patient",
            Element("Patient.link.other", "'type':[{'code':'Reference','targetProfile':['http://p.example/Patient']}]"));
        string Linked(int from, int to) => "{'resource':{'resourceType':'Patient','id':'" + from + "','meta':{'profile':["
            + "'http://p.example/Patient']},'link':[{'type':'seealso','other':{'reference':'Patient/" + to + "'}}]}}";
        var bundle = Resource("Bundle", "'type':'collection','entry':[" + string.Join(',',
            Enumerable.Range(0, 500).Select(i => Linked(i, (i + 1) % 500))) + "]");
        var issues = ResourceValidator.Validate(bundle, new() { Registry = new([linked]) });
        Assert.DoesNotContain(issues, i => i.IsError);
    }

    [Fact]
    public void A_check_that_would_run_for_long_ends_with_one_issue()
    {
        var patient = new Patient { Name = [.. Enumerable.Range(0, 5000).Select(i => new HumanName { Text = "a" })] };
        var registry = new ProfileRegistry([Profile("Patient", Element("Patient.name.family", "'fixedString':'b'"))]);
        var issues = ResourceValidator.Validate(patient,
            new() { Registry = registry, Profiles = [Url + "Patient"], Skipped = new HashSet<string> { "dom-6" }, MaxSteps = 4000 });
        Assert.Single(issues, i => i.Code == IssueType.TooCostly);
    }

    [Fact]
    public async Task Many_threads_share_one_registry()
    {
        var registry = FinnishProfiles.Registry;
        var examples = FinnishProfiles.Examples.ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), (i, _) =>
        {
            var issues = ResourceValidator.Validate(examples[i % examples.Length].Resource, new() { Registry = registry });
            Assert.DoesNotContain(issues, issue => issue.IsError);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void A_version_is_found_by_its_canonical_and_the_highest_without_one()
    {
        var versions = new[] { "1.9.0", "1.10.0", "1.10.0-rc1" }.Select(version =>
        {
            var made = Profile("Patient", "");
            made.Version = version;
            return made;
        }).ToArray();
        var registry = new ProfileRegistry(versions);
        Assert.Equal("1.10.0", registry.StructureDefinition(Url + "Patient")!.Version);
        Assert.Equal("1.9.0", registry.StructureDefinition(Url + "Patient|1.9.0")!.Version);
        Assert.Null(registry.StructureDefinition(Url + "Patient|2"));
    }
}
