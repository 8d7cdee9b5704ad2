using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
using Messages;

namespace OccupationalHealth.Tests.WorkAbility;

/// <summary>What an employer may be told of a worker, and what it never is.</summary>
public sealed class TellEmployerTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private const string Canary = "CANARY";

    [Fact]
    public async Task An_employer_is_told_the_checkpoints_of_its_own_notice_negotiations_and_released_measures()
    {
        var person = await EmployersNotice();
        await app.Post("Encounter", Negotiation(person, "employer-a", ("Remote work on two days.", true)));
        var view = (Parameters)(await Tell(person)).Body;

        Assert.Equal(
            ["30-days employer occupational-health", "90-allowance-days employer employee occupational-health"],
            view.Parameter.Where(part => part.Name == "checkpoint").Select(Checkpoint));
        var negotiation = Assert.Single(view.Parameter, part => part.Name == "negotiation");
        Assert.Equal("2026-11-19", ((Date)negotiation.Part[0].Value!).Value);
        Assert.Equal("Remote work on two days.",
            ((FhirString)negotiation.Part.Single(part => part.Name == "measure").Value!).Value);
    }

    // Every text of health that is stored of the worker has a mark in it.
    [Fact]
    public async Task Nothing_of_health_care_or_of_what_others_told_is_in_it()
    {
        var person = await EmployersNotice();
        var patient = new ResourceReference($"Patient/{person}");
        await app.Post("Encounter", Negotiation(person, "employer-a", ("Shorter days.", true), ($"{Canary} 1", false)));
        await app.Post("Encounter", Negotiation(person, "employer-b", ($"{Canary} 2", true)));
        await app.Post("Encounter", Negotiation(person, null, ($"{Canary} 3", true)));
        await app.Store(Marked(patient));

        var answer = await Tell(person);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var text = Encoding.UTF8.GetString(FhirJson.Write(answer.Body));
        Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(person, text, StringComparison.Ordinal);
        Assert.Contains("Shorter days.", text, StringComparison.Ordinal);
        // By a certificate that only occupational health has, the 30 days were full in September.
        Assert.Contains("2026-11-17", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-09-30", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_provider_is_not_the_employers_even_if_it_says_so()
    {
        var notice = Example.Message("13-*.json").Renew();
        notice.All<Patient>().Single().Identifier[0].Value = Example.NewPerson();
        var absence = notice.All<Observation>().Single();
        absence.Identifier[0].Value = Guid.CreateVersion7().ToString();
        absence.Extension.Add(new Extension
        {
            Url = Canonicals.StructureDefinition("told-by"), Value = new ResourceReference("Organization/employer-a"),
        });
        var told = await app.Send(notice);

        Assert.Empty(((Parameters)(await Tell(
            told.Task(TaskKinds.WorkAbilityFollowUp).For!.Reference!.Split('/')[1])).Body).Parameter);
    }

    [Fact]
    public async Task What_the_worker_forbade_is_refused()
    {
        var person = await EmployersNotice();
        var consent = (Consent)Example.Resource("14b-*.json");
        consent.Category = [new CodeableConcept(Canonicals.CodeSystem("consent-category"), "employer-disclosure")];
        consent.Patient = new ResourceReference($"Patient/{person}");
        Assert.Equal(HttpStatusCode.Created, (await app.Post("Consent", consent)).Status);

        var refused = await Tell(person);
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden "), (refused.Status, refused.Faults.Single()));
    }

    [Fact]
    public async Task Without_a_contract_or_for_nobody_it_is_refused_with_every_fault_and_no_tie_tells_nothing()
    {
        var person = await EmployersNotice();

        Assert.Equal(["business-rule Parameters.parameter('employer')"], (await Tell(person, "employer-c")).Faults);
        Assert.Equal(
            ["not-found Parameters.parameter('employer')", "not-found Parameters.parameter('provider')"],
            (await Tell(person, "no-employer", "no-provider")).Faults);
        Assert.Equal(HttpStatusCode.NotFound, (await Tell("nobody")).Status);
        Assert.Empty(((Parameters)(await Tell(person, "employer-b")).Body).Parameter);
    }

    private Task<Answer> Tell(string person, string employer = "employer-a", string provider = "oh-provider-a")
    {
        var input = new Parameters();
        foreach (var (name, value) in new[] { ("employer", employer), ("provider", provider) })
            input.Parameter.Add(new Parameters.ParameterComponent
            {
                Name = name, Value = new Identifier(Systems.Organisation, value),
            });
        return app.Post($"Patient/{person}/$for-employer", input);
    }

    /// <summary>The worker of a notice that employer A sent.</summary>
    private async Task<string> EmployersNotice()
    {
        var notice = Example.Message("14-*.json").Renew();
        notice.All<Patient>().Single().Identifier[0].Value = Example.NewPerson();
        notice.All<Observation>().Single().Identifier[0].Value = Guid.CreateVersion7().ToString();
        ((Period)notice.All<Observation>().Single().Effective!).End = "2027-03-31";
        Assert.Equal(HttpStatusCode.OK, (await app.Send(notice)).Status);
        var newest = await app.Search<FhirTask>($"Task?code={Systems.TaskKind}|{TaskKinds.WorkAbilityFollowUp}&_count=1");
        return newest[0].For!.Reference!.Split('/')[1];
    }

    private static string Checkpoint(Parameters.ParameterComponent part) => string.Join(' ',
        part.Part.Where(one => one.Name is "kind" or "party").Select(one => ((Coding)one.Value!).Code));

    private static IEnumerable<Resource> Marked(ResourceReference patient)
    {
        CodeableConcept Code() => new() { Coding = [new Coding("urn:x", Canary) { Display = Canary }], Text = Canary };
        yield return new Condition
        {
            Id = Guid.CreateVersion7().ToString(), Subject = patient.Clone(), Code = Code(), Severity = Code(),
            Note = [new Annotation { Text = Canary }],
        };
        yield return new Observation
        {
            Id = Guid.CreateVersion7().ToString(), Status = ObservationStatus.Final, Subject = patient.Clone(),
            Code = Code(), Value = new FhirString(Canary), Note = [new Annotation { Text = Canary }],
        };
        // A certificate that the employer does not know of, with texts that nobody should have put there.
        yield return new Observation
        {
            Id = Guid.CreateVersion7().ToString(), Status = ObservationStatus.Final, Subject = patient.Clone(),
            Code = new CodeableConcept(Canonicals.CodeSystem("absence"), "sickness-absence") { Text = Canary },
            Effective = new Period(new FhirDateTime("2026-09-01"), new FhirDateTime("2027-06-30")),
            Performer = [new ResourceReference("Organization/oh-provider-a") { Display = Canary }],
            Focus = [new ResourceReference("Organization/employer-a")],
            Note = [new Annotation { Text = Canary }],
        };
        yield return new Encounter
        {
            Id = Guid.CreateVersion7().ToString(), Status = EncounterStatus.Finished, Subject = patient.Clone(),
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB"),
            Type = [new CodeableConcept(Canonicals.CodeSystem("encounter-type"), "first-interview")],
            ServiceProvider = new ResourceReference("Organization/oh-provider-a"), ReasonCode = [Code()],
            Extension = [Employer("employer-a"), Measure($"{Canary} 4", true)],
        };
        yield return new CarePlan
        {
            Id = Guid.CreateVersion7().ToString(), Status = RequestStatus.Active, Intent = CarePlanIntent.Plan,
            Title = Canary, Subject = patient.Clone(), Category = [Code()],
        };
        yield return new FhirTask
        {
            Id = Guid.CreateVersion7().ToString(), Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            For = patient.Clone(), Description = Canary, Note = [new Annotation { Text = Canary }], ReasonCode = Code(),
            Code = new CodeableConcept(Systems.TaskKind, TaskKinds.AbsenceCheckpoint),
            Owner = new ResourceReference("Organization/oh-provider-a"),
        };
        yield return new QuestionnaireResponse
        {
            Id = Guid.CreateVersion7().ToString(), Status = QuestionnaireResponseStatus.Completed,
            Questionnaire = $"urn:{Canary}", Subject = patient.Clone(),
        };
    }

    private static Encounter Negotiation(string person, string? employer, params (string Text, bool Released)[] measures) => new()
    {
        Status = EncounterStatus.Finished,
        Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB") { Display = Canary },
        Type = [new CodeableConcept(Canonicals.CodeSystem("encounter-type"), "work-ability-negotiation")],
        Subject = new ResourceReference($"Patient/{person}") { Display = Canary },
        ServiceProvider = new ResourceReference("Organization/oh-provider-a") { Display = Canary },
        Period = new Period(new FhirDateTime("2026-11-19T13:00:00+02:00"), null),
        Participant = [.. ((string[])["employee", "supervisor", "occupational-health"]).Select(party =>
            new Encounter.ParticipantComponent
            {
                Type = [new CodeableConcept(Canonicals.CodeSystem("party"), party) { Text = Canary }],
            })],
        Extension = [.. employer is null ? [] : new[] { Employer(employer) }, .. measures.Select(m => Measure(m.Text, m.Released))],
    };

    private static Extension Employer(string id) => new()
    {
        Url = Canonicals.StructureDefinition("employer"), Value = new ResourceReference($"Organization/{id}"),
    };

    private static Extension Measure(string text, bool released)
    {
        var measure = new Extension { Url = Canonicals.StructureDefinition("agreed-measure") };
        measure.Extension.Add(new Extension("text", new FhirString(text)));
        measure.Extension.Add(new Extension("released", new FhirBoolean(released)));
        return measure;
    }
}
