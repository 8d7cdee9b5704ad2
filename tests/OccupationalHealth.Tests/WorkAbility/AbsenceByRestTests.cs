using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.WorkAbility;

/// <summary>A certificate that is written at the FHIR base does what the message does.</summary>
public sealed class AbsenceByRestTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_certificate_by_rest_opens_the_same_follow_up_and_checkpoints_as_the_message()
    {
        var notice = Example.Message("13-*.json").Renew();
        notice.All<Patient>().Single().Identifier[0].Value = Example.NewPerson();
        notice.All<Observation>().Single().Identifier[0].Value = Guid.CreateVersion7().ToString();
        var sent = notice.All<Observation>().Single();
        var byMessage = await app.Send(notice);
        var created = await app.Post("Observation", Absence((Period)sent.Effective!));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        var person = ((Observation)created.Body).Subject!.Reference!;
        var followUp = Assert.Single(await Tasks(person, TaskKinds.WorkAbilityFollowUp));
        Assert.Equal("oh-provider-a", followUp.Owner!.Identifier!.Value);
        Assert.Equal(
            Due(byMessage.All<FhirTask>()), Due(await Tasks(person, TaskKinds.AbsenceCheckpoint)));
        Assert.All(await Tasks(person, TaskKinds.AbsenceCheckpoint),
            task => Assert.Equal($"Task/{followUp.Id}", task.PartOf.Single().Reference));
    }

    [Fact]
    public async Task A_correction_moves_what_is_due_and_a_withdrawal_takes_it_back_for_good()
    {
        var absence = (Observation)(await app.Post("Observation", Absence(Days("2026-11-02", "2026-12-06")))).Body;
        var person = absence.Subject!.Reference!;
        Assert.Equal(["30-days 2026-12-01", "contact-before-end 2026-11-29"],
            Due(await Tasks(person, TaskKinds.AbsenceCheckpoint)));

        absence.Effective = Days("2026-11-02", "2026-11-25");
        absence = (Observation)(await app.Put(absence)).Body;
        Assert.Equal(["contact-before-end 2026-11-18"], Due(await Tasks(person, TaskKinds.AbsenceCheckpoint)));

        absence.Status = ObservationStatus.EnteredInError;
        absence = (Observation)(await app.Put(absence)).Body;
        Assert.Empty(Due(await Tasks(person, TaskKinds.AbsenceCheckpoint)));
        absence.Status = ObservationStatus.Final;
        Assert.Equal(["business-rule Observation.status"], (await app.Put(absence)).Faults);
    }

    [Fact]
    public async Task A_wrong_certificate_is_refused_with_every_fault_and_leaves_nothing()
    {
        var absence = Absence(Days("2026-12-06", "2026-11-02"));
        (absence.Identifier, absence.Subject) = ([], new ResourceReference("Patient/nobody"));
        absence.Performer = [new ResourceReference("Organization/employer-a")];
        absence.Focus = [new ResourceReference("Organization/nobody")];
        absence.Value = new CodeableConcept(Canonicals.CodeSystem("absence"), "somewhat");
        absence.Note = [new Annotation { Text = "F32.1" }];
        absence.Extension.Add(new Extension
        {
            Url = Canonicals.StructureDefinition("told-by"), Value = new ResourceReference("Organization/employer-a"),
        });
        var before = (await app.Count("Observation"), await app.Count("Task"));

        Assert.Equal(
            ["required Observation.identifier", "business-rule Observation", "business-rule Observation.extension",
                "required Observation.effective", "code-invalid Observation.value", "required Observation.subject",
                "required Observation.performer", "required Observation.performer", "not-found Observation.focus",
                "invariant Observation.effective"],
            (await app.Post("Observation", absence)).Faults);
        Assert.Equal(before, (await app.Count("Observation"), await app.Count("Task")));
    }

    [Fact]
    public async Task The_same_number_again_is_a_conflict_and_other_observations_of_persons_still_come_by_messages()
    {
        var absence = Absence(Days("2026-11-02", "2026-11-25"));
        Assert.Equal(HttpStatusCode.Created, (await app.Post("Observation", absence)).Status);
        Assert.Equal(["conflict Observation.identifier"], (await app.Post("Observation", absence)).Faults);

        absence.Code = new CodeableConcept(Systems.Loinc, "44261-6");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Post("Observation", absence)).Status);
    }

    private async Task<IReadOnlyList<FhirTask>> Tasks(string person, string kind) =>
        await app.Search<FhirTask>($"Task?subject={person}&code={Systems.TaskKind}|{kind}&_count=100");

    private static IReadOnlyList<string> Due(IEnumerable<FhirTask> tasks) =>
        [.. tasks.Where(task => task.Code!.Has(Systems.TaskKind, TaskKinds.AbsenceCheckpoint)
                && task.Status is TaskStatus.Requested)
            .Select(task => $"{task.Code!.Coding[1].Code} {task.Restriction!.Period!.End}").Order(StringComparer.Ordinal)];

    private static Period Days(string first, string last) => new(new FhirDateTime(first), new FhirDateTime(last));

    private static Observation Absence(Period days) => new()
    {
        Status = ObservationStatus.Final,
        Identifier = [new Identifier("https://ehr.oh-provider-a.example/absence", Guid.CreateVersion7().ToString())],
        Code = new CodeableConcept(Canonicals.CodeSystem("absence"), "sickness-absence"),
        Subject = new ResourceReference { Identifier = new Identifier(Systems.IdentityCode, Example.NewPerson()) },
        Effective = days,
        Performer =
        [
            new ResourceReference
            {
                Type = "Practitioner", Identifier = new Identifier("urn:oid:1.2.246.537.26", "1"),
            },
            new ResourceReference("Organization/oh-provider-a"),
        ],
    };
}
