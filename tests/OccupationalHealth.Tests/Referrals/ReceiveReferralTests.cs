using System.Net;
using Fhir;
using Fhir.Json;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.Referrals;

public sealed class ReceiveReferralTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    // The examples' README says what each of them is to give.
    [Theory]
    [InlineData("01", "region-primary-care", "level-3", "preventive-only")]
    [InlineData("02", "occupational-health", "level-3", "quota-left")]
    [InlineData("03", "region-primary-care", "level-3", "preventive-only")]
    [InlineData("04", "occupational-health", "level-2", "guidance-in-every-contract")]
    [InlineData("05", "emergency-care", "level-3", "emergency")]
    [InlineData("06", "occupational-health", "level-3", "safety-flag-raises-urgency")]
    [InlineData("07", "occupational-health", "level-4", "many-allowance-days")]
    [InlineData("08", "region-primary-care", "level-3", "no-contract")]
    public async Task Every_example_is_placed(string number, string place, string level, string reason)
    {
        var answer = await app.Send(Example.Fresh(number));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var plan = answer.One<CarePlan>();
        Assert.Equal(
            [level, place], plan.Category.SelectMany(c => c.Coding).Select(coding => coding.Code));
        Assert.Contains(Parameters(answer).Where(p => p.Name == "reason"),
            p => p.Part.Exists(part => part is { Name: "code", Value: Coding { Code: { } code } } && code == reason));
    }

    [Fact]
    public async Task The_answer_explains_itself_in_three_languages_and_names_policy_and_inputs()
    {
        var guidance = (await app.Send(Example.Fresh("01"))).One<GuidanceResponse>();

        // AUDIT would bring help with alcohol beside the care, and an employer that initiated it learns of attendance;
        // both are named, and held up nothing.
        Assert.Equal(GuidanceResponseStatus.DataRequired, guidance.Status);
        Assert.Equal(["substance-use", "initiated-by"],
            guidance.DataRequirement.Select(fact => fact.CodeFilter.Single().Code.Single().Code));
        Assert.Matches(@"/PlanDefinition/placement\|.+", ((Canonical)guidance.Module!).Value);
        var parameters = ((Parameters)guidance.Contained.Single()).Parameter;
        Assert.Equal("region-primary-care", ((Code)parameters.Single(p => p.Name == "care-place").Value!).Value);
        Assert.All(parameters.Where(p => p.Name == "reason"), reason =>
        {
            Assert.IsType<FhirBoolean>(reason.Part.Single(part => part.Name == "for").Value);
            var code = (Coding)reason.Part.Single(part => part.Name == "code").Value!;
            Assert.NotEmpty(code.Display!);
            Assert.Equal(["sv", "en"], code.DisplayElement!.Extension
                .Select(translation => ((Code)translation.Extension.Single(e => e.Url == "lang").Value!).Value));
        });
        Assert.Contains(parameters.Where(p => p.Name == "input"), input =>
            input.Part[0].Value is FhirString { Value: "severity" }
            && input.Part[1].Value is FhirString { Value: "moderate" });
    }

    [Fact]
    public async Task Language_interpreter_and_who_initiated_the_care_are_asked_for_and_then_stand_among_inputs_and_reasons()
    {
        var message = Example.Fresh("01", Example.NewPerson());
        message.All<Patient>().Single().Communication = [];
        var asked = await app.Send(message);
        var patient = asked.One<GuidanceResponse>().DataRequirement.Where(d => d.Type is FHIRAllTypes.Patient).ToList();
        Assert.Equal(
            ["communication", "extension('http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired')"],
            patient.SelectMany(requirement => requirement.MustSupport));
        var missing = Outcome(asked).Where(p => p.Name == "missing")
            .Select(p => ((Coding)p.Part[0].Value!).Code).ToList();
        Assert.Subset(missing.ToHashSet(), new HashSet<string?> { "service-language", "needs-interpreter", "initiated-by" });

        message = Example.Fresh("01", Example.NewPerson());
        var person = message.All<Patient>().Single();
        person.Communication[0].Language = new CodeableConcept("urn:ietf:bcp:47", "so");
        person.SetExtension("http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", new FhirBoolean(true));
        var fact = message.Fact("work-relatedness").Clone();
        fact.Id = Guid.CreateVersion7().ToString();
        const string Base = "https://fhir.occupational-mental-health.example/CodeSystem/";
        (fact.Code, fact.Value) = (new CodeableConcept($"{Base}placement-fact", "initiated-by"),
            new CodeableConcept($"{Base}initiator", "employer"));
        message.Entry.Add(new Bundle.EntryComponent { FullUrl = $"urn:uuid:{fact.Id}", Resource = fact });
        var outcome = Outcome(await app.Send(message));

        Assert.DoesNotContain(outcome.Where(p => p.Name == "missing"), p =>
            ((Coding)p.Part[0].Value!).Code is "service-language" or "needs-interpreter" or "initiated-by");
        var inputs = outcome.Where(p => p.Name == "input" && p.Part[1].Value is FhirString)
            .ToDictionary(p => ((FhirString)p.Part[0].Value!).Value!, p => ((FhirString)p.Part[1].Value!).Value);
        Assert.Equal(("so", "True", "employer"),
            (inputs["service-language"], inputs["needs-interpreter"], inputs["initiated-by"]));
        Assert.Subset(
            outcome.Where(p => p.Name == "reason").Select(p => ((Coding)p.Part[0].Value!).Code).ToHashSet(),
            new HashSet<string?> { "interpreter-needed", "employer-learns-of-attendance-only" });
    }

    private static List<Parameters.ParameterComponent> Outcome(Answer answer) =>
        ((Parameters)answer.One<GuidanceResponse>().Contained.Single()).Parameter;

    [Fact]
    public async Task Occupational_health_owns_the_follow_up_of_a_person_whom_the_region_treats()
    {
        var message = Example.Fresh("01", Example.NewPerson());
        var answer = await app.Send(message);

        var followUp = answer.Task(TaskKinds.WorkAbilityFollowUp);
        Assert.Equal("Organization/oh-provider-a", followUp.Owner!.Reference);
        Assert.Equal(message.Journey(), followUp.GroupIdentifier!.Value);
        Assert.Equal("07", await RegionOf(answer.Task(TaskKinds.Care)));
    }

    [Fact]
    public async Task Without_occupational_health_the_region_owns_the_follow_up() =>
        Assert.Equal("09", await RegionOf((await app.Send(Example.Fresh("08"))).Task(TaskKinds.WorkAbilityFollowUp)));

    [Fact]
    public async Task All_faults_are_listed_at_once()
    {
        var message = Example.Fresh("01");
        var task = message.All<FhirTask>().Single();
        task.Identifier[0].Type = null;
        task.Intent = TaskIntent.Plan;
        message.All<ServiceRequest>().Single().Insurance[0].Reference = "urn:uuid:00000000-0000-7000-8000-000000000000";
        message.Fact("allowance-days").Value = new FhirString("many");

        var answer = await app.Send(message);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            [
                "required Bundle.entry[1].resource.identifier",
                "invariant Bundle.entry[1].resource.intent",
                "not-found Bundle.entry[2].resource.insurance[0]",
                "value Bundle.entry[13].resource.value",
            ],
            answer.Faults);
    }

    // Nobody is placed by what is told of somebody else, and a trial says so too.
    [Fact]
    public async Task Facts_diagnoses_and_answers_of_another_person_are_refused_each_by_its_place()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        var other = message.All<Patient>().Single().Clone();
        (other.Id, other.Identifier[0].Value) = ("other", Example.NewPerson());
        message.Entry.Add(new Bundle.EntryComponent { FullUrl = "urn:uuid:other", Resource = other });
        Assert.Equal(HttpStatusCode.OK, (await app.Post("ServiceRequest/$place", message)).Status);
        message.All<Condition>().Single().Subject = new ResourceReference("urn:uuid:other");
        message.Fact("care-level").Subject = new ResourceReference("urn:uuid:other");
        message.All<QuestionnaireResponse>().Single().Subject = new ResourceReference("urn:uuid:other");

        foreach (var answer in (Answer[])[await app.Post("ServiceRequest/$place", message), await app.Send(message)])
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal(
                [
                    "invariant Bundle.entry[7].resource.subject", "invariant Bundle.entry[11].resource.subject",
                    "invariant Bundle.entry[15].resource.subject",
                ],
                answer.Faults);
        }
    }

    [Theory]
    [InlineData("new", TaskStatus.Cancelled, RequestStatus.Active, "invariant Bundle.entry[1].resource.status")]
    [InlineData("new", TaskStatus.Requested, RequestStatus.Draft, "invariant Bundle.entry[2].resource.status")]
    [InlineData("cancel", TaskStatus.Requested, RequestStatus.Revoked, "invariant Bundle.entry[1].resource.status")]
    [InlineData("cancel", TaskStatus.Cancelled, RequestStatus.Active, "invariant Bundle.entry[2].resource.status")]
    [InlineData("remind", TaskStatus.Requested, RequestStatus.Active, "invariant Bundle.entry[0].resource.reason")]
    public async Task What_the_closed_table_does_not_hold_is_refused(
        string reason, TaskStatus task, RequestStatus request, string fault)
    {
        var message = Example.Fresh("01");
        message.MessageHeader().Reason!.Coding[0].Code = reason;
        message.All<FhirTask>().Single().Status = task;
        message.All<ServiceRequest>().Single().Status = request;

        var answer = await app.Send(message);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal([fault], answer.Faults);
    }

    [Fact]
    public async Task A_number_that_was_used_before_is_a_conflict()
    {
        var message = Example.Fresh("01");
        await app.Send(message);

        Assert.Equal(HttpStatusCode.Conflict, (await app.Send(message.Renew())).Status);
    }

    [Fact]
    public async Task An_update_places_the_referral_anew_and_keeps_its_tasks()
    {
        var message = Example.Fresh("04");
        var first = await app.Send(message);
        message.Renew().MessageHeader().Reason!.Coding[0].Code = "update";
        message.Fact("work-relatedness").Value = new CodeableConcept(
            "https://fhir.occupational-mental-health.example/CodeSystem/work-relatedness", "no");
        message.Fact("worker-chooses-region").Value = new FhirBoolean(true);

        var second = await app.Send(message);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(first.Task(TaskKinds.Care).Id, second.Task(TaskKinds.Care).Id);
        Assert.Equal(first.Task(TaskKinds.WorkAbilityFollowUp).Id, second.Task(TaskKinds.WorkAbilityFollowUp).Id);
        Assert.Equal("region-primary-care", second.One<CarePlan>().Category[1].Coding[0].Code);
        var assessment = await app.Get<FhirTask>(first.Task(TaskKinds.WorkplaceAssessment).Id!);
        Assert.Equal(TaskStatus.Cancelled, assessment.Status);
    }

    [Fact]
    public async Task An_older_update_is_refused()
    {
        var message = Example.Fresh("01");
        await app.Send(message);
        message.Renew().MessageHeader().Reason!.Coding[0].Code = "update";
        message.All<FhirTask>().Single().AuthoredOn = "2026-11-18T10:15:00+02:00";
        message.All<FhirTask>().Single().LastModified = "2026-11-19T10:15:00+02:00";

        Assert.Equal(HttpStatusCode.Conflict, (await app.Send(message)).Status);
    }

    [Fact]
    public async Task What_another_source_told_of_a_person_is_kept_and_the_difference_shown()
    {
        await app.Send(Example.Fresh("01", "010516B902W"));
        var other = Example.Fresh("02", "010516B902W");
        other.MessageHeader().Source!.Endpoint = "https://ehr.elsewhere.example/fhir";
        other.All<Patient>().Single().Name[0].Family = "Toinen";

        var care = (await app.Send(other)).Task(TaskKinds.Care);

        Assert.True(care.For!.TryGetLocal(out _, out var id));
        Assert.Equal("Työntekijä", (await app.Get<Patient>(id)).Name[0].Family);
        Assert.Equal("Toinen", care.Contained.OfType<Patient>().Single().Name[0].Family);
    }

    private static List<Parameters.ParameterComponent> Parameters(Answer answer) =>
        ((Parameters)answer.One<GuidanceResponse>().Contained.Single()).Parameter;

    private async Task<string?> RegionOf(FhirTask task)
    {
        Assert.True(task.Owner!.TryGetLocal(out _, out var id));
        var owner = await app.Get<Organization>(id);
        return owner.Identifier.Single(identifier => identifier.System == Systems.Region).Value;
    }
}
