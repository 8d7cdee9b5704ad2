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
