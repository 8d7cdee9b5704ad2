using Fhir;
using Fhir.Json;
using IpsCoaching.EmploymentStatus;
using Messages;

namespace IpsCoaching.Tests;

/// <summary>What tests start from: the example messages and the sample units of deploy/.</summary>
internal static class Given
{
    /// <summary>The identity code of the client of the example messages.</summary>
    public static string Client { get; } = CoachingRequest().Only<Patient>().Identifier.Single().Value!;

    /// <summary>The family name of that client.</summary>
    public static string Family { get; } = CoachingRequest().Only<Patient>().Name.Single().Family!;

    /// <summary>The journey of the example request.</summary>
    public static string Journey { get; } = CoachingRequest().Only<FhirTask>().GroupIdentifier!.Value!;

    public static IEnumerable<Resource> SampleUnits() =>
        Read<Bundle>(Path.Combine(Root(), "deploy", "Standalone", "SampleData", "ips-coaching.json")).Entry
            .Select(entry => entry.Resource!);

    /// <summary>The example request with ids of its own.</summary>
    public static Bundle CoachingRequest() => WithNewIds(Example<Bundle>("09-"));

    /// <summary>The example update with ids of its own.</summary>
    public static Bundle StatusUpdate(string start, string status = "Employed")
    {
        var bundle = WithNewIds(Example<Bundle>("10a-"));
        var observation = bundle.All<Observation>().Single();
        observation.Effective = new Period(new FhirDateTime(start), null);
        observation.Value = new CodeableConcept(Systems.EmploymentStatus, status);
        return bundle;
    }

    /// <summary>The same status as a resource of its own, for the REST door.</summary>
    public static Observation Status(string start, string status = "Employed")
    {
        var observation = StatusUpdate(start, status).All<Observation>().Single();
        observation.Id = null;
        observation.Performer.Clear();
        observation.Subject = Person();
        return observation;
    }

    /// <summary>The example consent, which names occupational-health provider A.</summary>
    public static Consent Consent() => Example<Consent>("11-");

    /// <summary>The example review of fidelity.</summary>
    public static QuestionnaireResponse FidelityReview() => Example<QuestionnaireResponse>("20-");

    /// <summary>A case by the person's own wish, with the person along.</summary>
    public static EpisodeOfCare SelfReferral(string start = "2026-11-23", string entry = "self-referral")
    {
        var person = CoachingRequest().Only<Patient>();
        person.Id = "person";
        var episode = new EpisodeOfCare
        {
            Status = EpisodeOfCareStatus.Active, Patient = new ResourceReference("#person"),
            ManagingOrganization = new ResourceReference("Organization/ips-unit-pirkanmaa"),
            CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role"),
            Period = new Period(new FhirDateTime(start), null), Contained = [person],
        };
        episode.SetExtension(
            Canonicals.StructureDefinition("ips-entry"), new Coding(Canonicals.CodeSystem("ips-entry"), entry));
        return episode;
    }

    /// <summary>A job of 5 days of 4 hours, competitive, with an employer.</summary>
    public static Observation Job(string start, string? end = null, string employer = "1234567-1")
    {
        const string Odh = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/";
        var job = new Observation
        {
            Meta = new Meta { Profile = [Odh + "odh-PastOrPresentJob"] }, Status = ObservationStatus.Final,
            Code = new CodeableConcept(Systems.Loinc, "11341-5"), Subject = Person(),
            Effective = new Period(new FhirDateTime(start), null),
            Value = new CodeableConcept("http://example.org/isco-08", "9112"),
        };
        job.Category.Add(new CodeableConcept(
            "http://terminology.hl7.org/CodeSystem/observation-category", "social-history"));
        job.SetExtension(Canonicals.StructureDefinition("ips-job-kind"),
            new Coding(Canonicals.CodeSystem("ips-job-kind"), "competitive"));
        job.SetExtension(Odh + "odh-Employer-extension", new ResourceReference
        {
            Identifier = new Identifier("urn:oid:1.2.246.10", employer),
        });
        job.Has("87512-0", new Quantity { Value = 4 });
        job.Has("74160-3", new Quantity { Value = 5 });
        job.Has("85104-8", new CodeableConcept(
            "http://terminology.hl7.org/CodeSystem/v3-WorkClassificationODH", "PWNSE"));
        if (end is not null) job.Ends(end);
        return job;
    }

    public static void Has(this Observation job, string code, DataType value)
    {
        job.Component.RemoveAll(component => component.Code!.Has(Systems.Loinc, code));
        job.Component.Add(new Observation.ComponentComponent
        {
            Code = new CodeableConcept(Systems.Loinc, code), Value = value,
        });
    }

    public static void Ends(this Observation job, string day, string reason = "laid-off")
    {
        ((Period)job.Effective!).End = day;
        job.SetExtension(Canonicals.StructureDefinition("ips-job-end-reason"),
            new Coding(Canonicals.CodeSystem("ips-job-end-reason"), reason));
        job.Extension.RemoveAll(one => one.Url!.EndsWith("isCurrentJob-extension", StringComparison.Ordinal));
    }

    /// <summary>A meeting of half an hour in the community on the case.</summary>
    public static Encounter Contact(EpisodeOfCare episode, string day, string kind = "client", string place = "FLD")
    {
        var contact = new Encounter
        {
            Status = EncounterStatus.Finished, Period = new Period(new FhirDateTime(day), null),
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", place),
            Length = new Duration { Value = 30, Unit = "min", System = Quantity.Ucum, Code = "min" },
            EpisodeOfCare = [new ResourceReference($"EpisodeOfCare/{episode.Id}")],
        };
        contact.Type.Add(new CodeableConcept(Canonicals.CodeSystem("ips-contact"), kind));
        contact.Participant.Add(new Encounter.ParticipantComponent
        {
            Individual = new ResourceReference("PractitionerRole/coach-kaisa-role"),
        });
        return contact;
    }

    public static ResourceReference Person() => new()
    {
        Type = "Patient", Identifier = new Identifier(Systems.IdentityCode, Client),
    };

    public static T Only<T>(this Bundle bundle) where T : Resource => bundle.All<T>().Single();

    /// <summary>The first value of that name in the answer of an operation.</summary>
    public static T? Value<T>(this Parameters answer, string name) where T : DataType =>
        answer.Parameter.Find(one => one.Name == name)?.Value as T;

    public static StatusPeriod Period(string id, WorkStatus status, string start, string? end = null) =>
        new(id, status, Day(start), end is null ? null : Day(end));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "O");

    private static Bundle WithNewIds(Bundle bundle)
    {
        bundle.Id = Guid.CreateVersion7().ToString();
        bundle.MessageHeader().Id = Guid.CreateVersion7().ToString();
        bundle.Entry[0].FullUrl = $"urn:uuid:{bundle.MessageHeader().Id}";
        return bundle;
    }

    private static T Example<T>(string start) where T : Resource =>
        Read<T>(Directory.GetFiles(Path.Combine(Root(), "deploy", "examples"), start + "*.json").Single());

    private static T Read<T>(string file) where T : Resource
    {
        var read = FhirJson.Read(File.ReadAllBytes(file));
        Assert.DoesNotContain(read.Issues, issue => issue.IsError);
        return Assert.IsType<T>(read.Resource);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
