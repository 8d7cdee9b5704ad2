using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.Referrals;

/// <summary>A clinician places otherwise than the policy, in the referral itself.</summary>
public sealed class OverridePlacementTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    private const string Base = "https://fhir.occupational-mental-health.example/CodeSystem/";

    [Fact]
    public async Task An_override_that_answers_every_objection_is_placed_and_counted()
    {
        var before = await Overrides();
        var message = Override(
            Example.Fresh("01"), "occupational-health", ("preventive-only", "Työnantaja maksaa käynnit erikseen."),
            ("method-not-covered", "Sovittu tämän henkilön osalta."));

        var answer = await app.Send(message);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("occupational-health", answer.Task(TaskKinds.Care).PerformerType[0].Coding[0].Code);
        Assert.Equal("Organization/oh-provider-a", answer.Task(TaskKinds.WorkAbilityFollowUp).Owner!.Reference);
        var parameters = ((Parameters)answer.One<GuidanceResponse>().Contained.Single()).Parameter;
        Assert.Equal("region-primary-care", ((Code)parameters.Single(p => p.Name == "overridden").Value!).Value);
        Assert.Equal(before + 1, await Overrides());
        // What the clinician answered is kept with the Task that it is about.
        var kept = await app.Search<Provenance>($"Provenance?target=Task/{answer.Task(TaskKinds.Care).Id}");
        Assert.Equal("Työnantaja maksaa käynnit erikseen.", Assert.Single(kept).Reason[0].Text);
    }

    [Fact]
    public async Task Every_objection_that_was_not_answered_is_named()
    {
        var answer = await app.Send(Override(Example.Fresh("01"), "occupational-health", ("preventive-only", null)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.All(answer.Faults, fault => Assert.StartsWith("business-rule", fault, StringComparison.Ordinal));
        Assert.Equal(2, answer.Faults.Count());
    }

    [Fact]
    public async Task An_override_names_a_place_and_a_professional()
    {
        var message = Override(Example.Fresh("01"), "elsewhere", ("preventive-only", "Syy."));
        message.All<Provenance>().Single().Agent[0].Who = new ResourceReference { Display = "someone" };

        Assert.Equal(["invariant", "required"], (await app.Send(message)).Faults.Select(fault => fault.Split(' ')[0]));
    }

    // An emergency is gated by nothing, and no override leads it elsewhere.
    [Fact]
    public async Task An_emergency_is_placed_whatever_the_override_says()
    {
        var answer = await app.Send(Override(Example.Fresh("05"), "occupational-health"));

        Assert.Equal("emergency-care", answer.One<CarePlan>().Category[1].Coding[0].Code);
    }

    // The worker's own choice needs no override: the example without one is placed in the region.
    [Fact]
    public async Task The_workers_choice_of_the_region_is_no_override()
    {
        var before = await Overrides();
        var message = Example.Fresh("04");
        message.Fact("worker-chooses-region").Value = new FhirBoolean(true);

        var answer = await app.Send(message);

        Assert.Equal("region-primary-care", answer.One<CarePlan>().Category[1].Coding[0].Code);
        Assert.Equal(before, await Overrides());
    }

    private async Task<int> Overrides() =>
        (await app.Search<CarePlan>("CarePlan?category=overridden-by-clinician")).Count;

    private static Bundle Override(Bundle message, string place, params (string Code, string? Words)[] answers)
    {
        var task = message.All<FhirTask>().Single();
        task.PerformerType = [new CodeableConcept(Base + "care-place", place)];
        var provenance = (Provenance)Example.Referral("01c").All<Provenance>().Single().Clone();
        provenance.Activity = new CodeableConcept(Base + "provenance-activity", "override-placement");
        provenance.Target =
            [new ResourceReference(message.Entry.Single(entry => ReferenceEquals(entry.Resource, task)).FullUrl!)];
        provenance.Reason = [.. answers.Select(answer =>
            new CodeableConcept(Base + "placement-reason", answer.Code) { Text = answer.Words })];
        // Who refers also decides otherwise.
        provenance.Agent = [new Provenance.AgentComponent { Who = task.Requester!.Clone() }];
        message.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{Guid.CreateVersion7()}", Resource = provenance,
        });
        return message;
    }
}
