using Fhir;
using Fhir.Json;
using Messages;

namespace System.Tests.MainJob;

/// <summary>A coach's system leads a case through the gateway, from the person's own wish to a job.</summary>
public sealed class CoachingTests
{
    private const string Odh = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/",
        Unit = "Organization/ips-unit-pirkanmaa", Coach = "PractitionerRole/coach-kaisa-role";

    [Fact]
    public async Task From_self_referral_to_a_job_with_contacts_and_fidelity()
    {
        await using var box = await RunningBox.Start();
        var today = FinnishTime.DateOf(TimeProvider.System.GetUtcNow());
        var episode = await Create(box, SelfReferral(today.AddDays(-40)));
        await Create(box, Job(today, episode.Patient!));
        var open = await box.Client.Get<Bundle>($"{Client.Ips}/Task?status=requested&_count=50");
        var due = open.All<FhirTask>().ToList();
        Assert.Equal(16, due.Count);
        Assert.All(due, task => Assert.Equal(Coach, task.Owner!.Reference));
        var missed = (await box.Client.Get<Bundle>($"{Client.Ips}/Task?status=failed")).All<FhirTask>().Single();
        Assert.Equal("before-start", missed.Code!.Coding.Single().Code);

        await Create(box, Contact(today, episode));
        var made = (await box.Client.Get<Bundle>($"{Client.Ips}/Task?status=completed")).All<FhirTask>();
        Assert.Equal(["after-start", "weekly"], made.Select(task => task.Code!.Coding.Single().Code).Order());
        var report = (await box.Client.Get<Bundle>(
            $"{Client.Ips}/MeasureReport?measure={Uri.EscapeDataString(Canonicals.Base + "/Measure/ips-fidelity")}"
            + $"&reporter={Unit}&period=ge{today.AddDays(-40):O}&period=le{today:O}")).All<MeasureReport>().Single();
        Assert.Equal(5, report.Group[0].MeasureScore!.Value);

        // Nobody else has heard of any of it.
        Assert.Equal(0, await box.Outbox());
        Assert.Empty((await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/Patient")).Entry);
    }

    private static async Task<T> Create<T>(RunningBox box, T resource) where T : Resource
    {
        var response = await box.Client.Post(
            $"{Client.Ips}/{resource.TypeName}", Text.Encoding.UTF8.GetString(FhirJson.Write(resource)));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.IsSuccessStatusCode, Text.Encoding.UTF8.GetString(body));
        return Assert.IsType<T>(FhirJson.Read(body).Resource);
    }

    private static EpisodeOfCare SelfReferral(DateOnly start)
    {
        // A test code of the 900 series (domain.md §2.1).
        var person = new Patient { Id = "person", Identifier = [new Identifier(Systems.IdentityCode, "010594Y9032")] };
        var episode = new EpisodeOfCare
        {
            Status = EpisodeOfCareStatus.Active, Patient = new ResourceReference("#person"), Contained = [person],
            ManagingOrganization = new ResourceReference(Unit), CareManager = new ResourceReference(Coach),
            Period = new Period(new FhirDateTime(start.ToString("O")), null),
        };
        episode.SetExtension(Canonicals.StructureDefinition("ips-entry"),
            new Coding(Canonicals.CodeSystem("ips-entry"), "self-referral"));
        return episode;
    }

    private static Observation Job(DateOnly start, ResourceReference person)
    {
        var job = new Observation
        {
            Meta = new Meta { Profile = [Odh + "odh-PastOrPresentJob"] }, Status = ObservationStatus.Final,
            Code = new CodeableConcept(Systems.Loinc, "11341-5"), Subject = person,
            Effective = new Period(new FhirDateTime(start.ToString("O")), null),
            Value = new CodeableConcept("http://example.org/isco-08", "9112"),
            Category =
            [
                new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", "social-history"),
            ],
        };
        job.SetExtension(Canonicals.StructureDefinition("ips-job-kind"),
            new Coding(Canonicals.CodeSystem("ips-job-kind"), "competitive"));
        job.SetExtension(Odh + "odh-Employer-extension", new ResourceReference
        {
            Identifier = new Identifier("urn:oid:1.2.246.10", "1234567-1"),
        });
        foreach (var (code, value) in new (string, DataType)[]
        {
            ("87512-0", new Quantity { Value = 4 }), ("74160-3", new Quantity { Value = 5 }),
            ("85104-8", new CodeableConcept("http://terminology.hl7.org/CodeSystem/v3-WorkClassificationODH", "PWNSE")),
        })
            job.Component.Add(new Observation.ComponentComponent
            {
                Code = new CodeableConcept(Systems.Loinc, code), Value = value,
            });
        return job;
    }

    private static Encounter Contact(DateOnly day, EpisodeOfCare episode) => new()
    {
        Status = EncounterStatus.Finished, Period = new Period(new FhirDateTime(day.ToString("O")), null),
        Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "FLD"),
        Type = [new CodeableConcept(Canonicals.CodeSystem("ips-contact"), "client")],
        Length = new Duration { Value = 30, Unit = "min", System = Quantity.Ucum, Code = "min" },
        EpisodeOfCare = [new ResourceReference($"EpisodeOfCare/{episode.Id}")],
        Participant = [new Encounter.ParticipantComponent { Individual = new ResourceReference(Coach) }],
    };
}
