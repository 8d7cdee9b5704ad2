using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class NegotiationTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_negotiation_is_kept_with_its_parties_and_measures_and_shows_on_the_follow_up()
    {
        var (meeting, followUp) = await Meeting();
        var answer = await app.Post("Encounter", meeting);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var stored = (Encounter)answer.Body;
        Assert.Equal("Työterveysneuvottelu", stored.Type.Single().Coding.Single().Display);
        Assert.Contains((await app.Get<FhirTask>(followUp.Id!)).Output,
            output => (output.Value as ResourceReference)?.Reference == $"Encounter/{stored.Id}");
    }

    // Domain row 22: no duty to disclose a diagnosis; the employer takes part.
    [Fact]
    public async Task A_negotiation_with_anything_of_a_diagnosis_is_refused()
    {
        var (meeting, _) = await Meeting();
        meeting.ReasonCode = [new CodeableConcept("urn:oid:1.2.246.537.6.1", "F32.1")];
        meeting.ReasonReference = [new ResourceReference("Condition/1")];
        meeting.Diagnosis = [new Encounter.DiagnosisComponent { Condition = new ResourceReference("Condition/1") }];
        meeting.Contained = [new Condition { Id = "c", Subject = meeting.Subject }];

        Assert.Equal(
            ["business-rule Encounter.reasonCode", "business-rule Encounter.reasonReference",
                "business-rule Encounter.diagnosis", "business-rule Encounter.contained", "business-rule Encounter",
                "invariant Encounter"],
            (await app.Post("Encounter", meeting)).Faults);
    }

    [Fact]
    public async Task Every_party_the_time_and_the_form_of_measures_are_asked_for_at_once()
    {
        var (meeting, _) = await Meeting();
        (meeting.Participant, meeting.Period) = ([], null);
        meeting.Extension[0].Extension.RemoveAt(1);
        meeting.ServiceProvider = null;

        Assert.Equal(
            ["required Encounter.participant", "required Encounter.participant", "required Encounter.participant",
                "required Encounter.period.start", "required Encounter.extension[0]", "not-found Encounter.serviceProvider"],
            (await app.Post("Encounter", meeting)).Faults);
    }

    private async Task<(Encounter Meeting, FhirTask FollowUp)> Meeting()
    {
        var followUp = (await app.Send(Example.Fresh("03", Example.NewPerson()))).Task(TaskKinds.WorkAbilityFollowUp);
        var measure = new Extension { Url = Canonicals.StructureDefinition("agreed-measure") };
        measure.Extension.Add(new Extension { Url = "text", Value = new FhirString("Remote work on two days a week.") });
        measure.Extension.Add(new Extension { Url = "released", Value = new FhirBoolean(true) });
        return (new Encounter
        {
            Status = EncounterStatus.Finished,
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB"),
            Type = [new CodeableConcept(Canonicals.CodeSystem("encounter-type"), "work-ability-negotiation")],
            Subject = followUp.For!.Clone(),
            ServiceProvider = new ResourceReference("Organization/oh-provider-a"),
            Period = new Period(new FhirDateTime("2026-11-19T13:00:00+02:00"), new FhirDateTime("2026-11-19T14:00:00+02:00")),
            Participant = [.. ((string[])["employee", "supervisor", "occupational-health"]).Select(party =>
                new Encounter.ParticipantComponent
                {
                    Type = [new CodeableConcept(Canonicals.CodeSystem("party"), party)],
                })],
            Extension = [measure],
        }, followUp);
    }
}
