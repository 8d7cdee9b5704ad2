using System.Net;
using Fhir;
using Messages;

namespace OccupationalHealth.Tests.WorkAbility;

public sealed class EmployerNoticeTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_notice_of_30_days_opens_the_checkpoint_and_the_employer_learns_only_that_it_was_taken()
    {
        var person = Example.NewPerson();
        var answer = await app.Send(Notice(person));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.IsType<MessageHeader>(Assert.Single(((Bundle)answer.Body).Entry).Resource);
        var thirty = Assert.Single(await Checkpoints(person), task => task.Code!.Coding[1].Code == "30-days");
        Assert.Equal("2026-11-17", thirty.Restriction!.Period!.End);
    }

    // Laki 759/2004, § 5.3.
    [Fact]
    public async Task What_the_worker_forbade_is_refused_and_leaves_nothing()
    {
        var person = Example.NewPerson();
        Assert.Equal(HttpStatusCode.Created, (await app.Post("Consent", Prohibition(person))).Status);
        var before = await app.Count("Observation");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.Send(Notice(person))).Status);
        Assert.Equal(before, await app.Count("Observation"));
        Assert.Empty(await Checkpoints(person));
    }

    [Fact]
    public async Task A_prohibition_that_was_taken_back_or_is_over_or_is_for_another_employer_forbids_nothing()
    {
        var (over, other, back) = (Prohibition(Example.NewPerson()), Prohibition(Example.NewPerson()),
            Prohibition(Example.NewPerson()));
        over.Provision!.Period = new Period(new FhirDateTime("2026-01-01"), new FhirDateTime("2026-02-01"));
        other.Provision!.Actor.Add(new Consent.ProvisionActorComponent
        {
            Role = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"),
            Reference = new ResourceReference { Identifier = new Identifier(Systems.Organisation, "employer-b") },
        });
        foreach (var consent in (Consent[])[over, other, back])
        {
            var person = consent.Patient!.Identifier!.Value!;
            var created = await app.Post("Consent", consent);
            Assert.Equal(HttpStatusCode.Created, created.Status);
            if (ReferenceEquals(consent, back))
            {
                var withdrawn = (Consent)created.Body;
                withdrawn.Status = ConsentState.Inactive;
                Assert.Equal(HttpStatusCode.OK, (await app.Put(withdrawn)).Status);
            }

            Assert.Equal(HttpStatusCode.OK, (await app.Send(Notice(person))).Status);
        }
    }

    // Even being a customer is secret (AOA 2020): all refusals look alike.
    [Fact]
    public async Task A_refusal_never_tells_why()
    {
        var forbidden = Example.NewPerson();
        await app.Post("Consent", Prohibition(forbidden));
        var (noContract, noUnit) = (Notice(Example.NewPerson()), Notice(Example.NewPerson()));
        noContract.All<Organization>().Single().Identifier[0].Value = "employer-c";
        noUnit.MessageHeader().Destination[0].Receiver!.Identifier!.Value = "oh-provider-nobody-knows";
        var told = Notice(Example.NewPerson());
        await app.Send(told);

        List<Answer> refusals =
            [await app.Send(Notice(forbidden)), await app.Send(noContract), await app.Send(noUnit), await app.Send(told.Renew())];
        Assert.All(refusals, refusal => Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.Status));
        Assert.Single(refusals.Select(refusal => System.Text.Encoding.UTF8.GetString(Fhir.Json.FhirJson.Write(refusal.Body)))
            .Distinct());
    }

    [Fact]
    public async Task An_employer_sends_no_diagnosis()
    {
        var notice = Notice(Example.NewPerson());
        notice.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = "urn:uuid:condition",
            Resource = new Condition { Id = "condition", Subject = notice.All<Observation>().Single().Subject },
        });

        Assert.Equal(["business-rule Bundle.entry[4].resource"], (await app.Send(notice)).Faults);
    }

    [Fact]
    public async Task Every_fault_of_a_prohibition_is_named()
    {
        var consent = Prohibition(Example.NewPerson());
        (consent.Category, consent.Patient, consent.DateTime) = ([new CodeableConcept(Systems.Loinc, "59284-0")], null, null);
        consent.Provision!.Type = ConsentProvisionType.Permit;

        Assert.Equal(
            ["code-invalid Consent.category", "value Consent.provision.type", "value Consent.dateTime",
                "required Consent.patient"],
            (await app.Post("Consent", consent)).Faults);
    }

    private static Bundle Notice(string person)
    {
        var notice = Example.Message("14-*.json").Renew();
        notice.All<Patient>().Single().Identifier[0].Value = person;
        notice.All<Observation>().Single().Identifier[0].Value = Guid.CreateVersion7().ToString();
        return notice;
    }

    private static Consent Prohibition(string person)
    {
        var consent = (Consent)Example.Resource("14b-*.json");
        consent.Patient!.Identifier!.Value = person;
        return consent;
    }

    private async Task<IReadOnlyList<FhirTask>> Checkpoints(string person) =>
        [.. (await app.Search<FhirTask>($"Task?code={Systems.TaskKind}|{TaskKinds.AbsenceCheckpoint}&_count=1000"))
            .Where(task => task.For!.Reference is { } reference && app.Get<Patient>(reference.Split('/')[1]).Result
                .Identifier.Exists(identifier => identifier.Value == person))];
}
