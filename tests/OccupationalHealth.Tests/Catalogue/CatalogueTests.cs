using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.Catalogue;

/// <summary>What a region's catalogue changes in a placement, and what it does not.</summary>
public sealed class CatalogueTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private const string Base = "https://fhir.occupational-mental-health.example/";

    [Fact]
    public async Task A_unit_that_has_to_be_waited_for_changes_start_and_bridge_and_leaves_place_and_owner()
    {
        var before = await app.Send(Example.Fresh("01"));
        var county = before.Task(TaskKinds.Care).Owner!;
        var unit = Unit(county.Reference!);
        unit.Extension.Add(Capacity("waiting-list", 40));
        var stored = await app.Post("HealthcareService", unit);
        Assert.Equal(HttpStatusCode.Created, stored.Status);

        var after = await app.Send(Example.Fresh("01", "010516B902W"));

        var outcome = Outcome(after);
        Assert.Equal($"HealthcareService/{stored.Body.Id}",
            ((ResourceReference)outcome.Single(p => p.Name == "unit").Value!).Reference);
        // Care was planned for 7 December 2026.
        Assert.Equal("2027-01-16", ((Date)outcome.Single(p => p.Name == "expected-start").Value!).Value);
        Assert.Equal(["klt", "guided-self-care"], after.One<CarePlan>().Activity
            .SelectMany(activity => activity.Detail?.Code?.Coding ?? []).Select(coding => coding.Code));
        Assert.Equal(county.Reference, after.Task(TaskKinds.Care).Owner!.Reference);
        Assert.Equal(Deadlines(before), Deadlines(after));
        Assert.Equal(["2026-11-20", "2027-02-20"], Deadlines(after));
    }

    [Fact]
    public async Task Of_the_clinics_of_occupational_health_that_gives_care_which_gives_the_method()
    {
        Assert.Null(UnitOf(await app.Send(Example.Fresh("02", Example.NewPerson()))));
        await Clinic("Kaupunki", "guided-self-care");
        var asked = await Clinic("Satama", "klt");
        var elsewhere = Unit("Organization/oh-provider-b");
        elsewhere.Category[0].Coding[0].Code = "occupational-health";
        await app.Post("HealthcareService", elsewhere);

        var placed = await app.Send(Example.Fresh("02", Example.NewPerson()));
        Assert.Equal("occupational-health", ((Code)Outcome(placed).Single(p => p.Name == "care-place").Value!).Value);
        Assert.Equal("klt", ((Code)Outcome(placed).Single(p => p.Name == "method").Value!).Value);
        Assert.Equal($"HealthcareService/{asked}", UnitOf(placed));

        var other = Example.Fresh("02", Example.NewPerson());
        other.All<ServiceRequest>().Single().Code = new CodeableConcept(Systems.Method, "oh-psychologist");
        placed = await app.Send(other);
        Assert.Null(UnitOf(placed));
        Assert.Contains(Outcome(placed), p => p.Name == "reason"
            && p.Part.Exists(part => part.Value is Coding { Code: "no-unit-in-catalogue" }));
    }

    [Fact]
    public async Task What_stands_in_a_catalogue_and_treats_nobody_is_no_unit_for_anybody()
    {
        var navigator = Unit((await app.Send(FromEspoo())).Task(TaskKinds.Care).Owner!.Reference!);
        navigator.Type = [new CodeableConcept { Text = "Terapianavigaattori" }];
        Assert.Equal(HttpStatusCode.Created, (await app.Post("HealthcareService", navigator)).Status);
        Assert.Null(UnitOf(await app.Send(FromEspoo())));

        navigator.Type.Add(new CodeableConcept(Systems.Method, "klt"));
        var unit = await app.Post("HealthcareService", navigator);
        Assert.Equal($"HealthcareService/{unit.Body.Id}", UnitOf(await app.Send(FromEspoo())));

        static Bundle FromEspoo()
        {
            var message = Example.Fresh("01", Example.NewPerson());
            ((Coding)message.All<Patient>().Single().Extension[0].Value!).Code = "049";
            return message;
        }
    }

    // One of those of the sample contract's provider.
    private async Task<string> Clinic(string name, string method)
    {
        var clinic = Unit("Organization/oh-provider-a");
        (clinic.Name, clinic.Type) = (name, [new CodeableConcept(Systems.Method, method)]);
        clinic.Category[0].Coding[0].Code = "occupational-health";
        return (await app.Post("HealthcareService", clinic)).Body.Id!;
    }

    private static string? UnitOf(Answer answer) =>
        (Outcome(answer).Find(p => p.Name == "unit")?.Value as ResourceReference)?.Reference;

    [Fact]
    public async Task A_unit_that_placement_cannot_read_is_refused_with_every_fault()
    {
        var unit = Unit("Organization/nobody");
        unit.Category[0].Coding[0].Code = "somewhere";
        unit.Name = null;
        unit.Extension.Add(Capacity("perhaps", 1));

        Assert.Equal(
            [
                "code-invalid HealthcareService.category", "code-invalid HealthcareService.extension",
                "required HealthcareService.name", "not-found HealthcareService.providedBy",
            ],
            (await app.Post("HealthcareService", unit)).Faults);
    }

    private static HealthcareService Unit(string owner) => new()
    {
        Active = true,
        Name = "Lyhytterapiayksikkö",
        ProvidedBy = new ResourceReference(owner),
        Category = [new CodeableConcept($"{Base}CodeSystem/care-place", "region-primary-care")],
        Type = [new CodeableConcept(Systems.Method, "klt")],
    };

    private static Extension Capacity(string status, int days)
    {
        var extension = new Extension { Url = $"{Base}StructureDefinition/capacity-status" };
        extension.Extension.Add(new Extension("status", new Code(status)));
        extension.Extension.Add(new Extension("days", new Integer(days)));
        return extension;
    }

    private static List<Parameters.ParameterComponent> Outcome(Answer answer) =>
        ((Parameters)answer.One<GuidanceResponse>().Contained.Single()).Parameter;

    private static List<string?> Deadlines(Answer answer) =>
        [.. Outcome(answer).Where(p => p.Name == "deadline").Select(p => ((Date)p.Part[1].Value!).Value)];
}
