using System.Net;
using Fhir;
using Messages;
using OccupationalHealth.Tests.CareEpisodes;

namespace OccupationalHealth.Tests.Triage;

public sealed class FirstInterviewTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    // 10-20 minutes: PsySos final report, l. 1108.
    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public async Task An_interview_of_unusual_length_is_recorded_with_a_warning(int minutes, bool warned)
    {
        var answer = await app.Post("Encounter", Interview(await Referral(), minutes));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(warned ? ["length-outside"] : [], Care.Warnings((Encounter)answer.Body));
    }

    [Fact]
    public async Task It_belongs_to_its_referral_and_person_and_its_length_follows_from_its_times()
    {
        var referral = await Referral();
        var interview = Interview(referral, null);
        interview.Period = new Period(
            new FhirDateTime("2026-11-20T09:00:00+02:00"), new FhirDateTime("2026-11-20T09:15:00+02:00"));

        var stored = (Encounter)(await app.Post("Encounter", interview)).Body;

        Assert.Equal((15m, "min"), (stored.Length!.Value!.Value, stored.Length.Code));
        Assert.Equal(referral.Subject!.Reference, stored.Subject!.Reference);
        Assert.Equal("Ensijäsennys", stored.Type[0].Coding[0].Display);
        Assert.Equal(stored.Id, Assert.Single(
            await app.Search<Encounter>($"Encounter?based-on=ServiceRequest/{referral.Id}")).Id);
    }

    [Fact]
    public async Task Every_fault_is_named()
    {
        var interview = Interview(await Referral(), null);
        interview.Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP");
        interview.Period = new Period(new FhirDateTime("2026-11-23"), null);
        interview.Subject = new ResourceReference("Patient/another");

        Assert.Equal(
            [
                "code-invalid Encounter.class", "value Encounter.period.start",
                "required Encounter.length", "business-rule Encounter.subject",
            ],
            (await app.Post("Encounter", interview)).Faults);
        interview.Type = [new CodeableConcept(Canonicals.CodeSystem("encounter-type"), "chat")];
        Assert.Equal(["code-invalid Encounter.type"], (await app.Post("Encounter", interview)).Faults);
        interview = Interview(await Referral(), 15);
        interview.BasedOn[0].Reference = "ServiceRequest/nowhere";
        Assert.Equal(["not-found Encounter.basedOn"], (await app.Post("Encounter", interview)).Faults);
    }

    private async Task<ServiceRequest> Referral()
    {
        var care = (await app.Send(Example.Fresh("01"))).Task(TaskKinds.Care);
        Assert.True(care.Focus!.TryGetLocal(out _, out var id));
        return await app.Get<ServiceRequest>(id);
    }

    private static Encounter Interview(ServiceRequest referral, int? minutes)
    {
        var interview = new Encounter
        {
            Status = EncounterStatus.Finished,
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "VR"),
            Type = [new CodeableConcept(Canonicals.CodeSystem("encounter-type"), "first-structuring")],
            Period = new Period(new FhirDateTime("2026-11-20"), null),
            BasedOn = [new ResourceReference($"ServiceRequest/{referral.Id}")],
        };
        if (minutes is { } length)
        {
            interview.Length = new Duration
            {
                Value = length,
                Unit = "min",
                System = Quantity.Ucum,
                Code = "min",
            };
        }

        return interview;
    }
}
