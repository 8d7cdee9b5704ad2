using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.Figures;

/// <summary>Resources of many clients as the service would have stored them, for tests of figures.</summary>
internal sealed class Programme
{
    public const string Unit = "ips-unit-pirkanmaa", Coach = "PractitionerRole/coach-kaisa-role";

    private readonly List<Resource> resources = [];

    /// <summary>Stores all of it, with references that lead from one to the other.</summary>
    public Task StoreIn(RunningIps ips) => ips.Store(resources);

    /// <summary>A client with a case that is open, or that ended on a day.</summary>
    public EpisodeOfCare Client(string start, string? end = null, bool isRetention = false, string? team = null)
    {
        return Case(new ResourceReference($"Patient/{Add(new Patient()).Id}"), start, end, isRetention, team);
    }

    /// <summary>Another case of the same person.</summary>
    public EpisodeOfCare Again(EpisodeOfCare former, string start) =>
        Case(former.Patient!.Clone(), start, null, false, null);

    private EpisodeOfCare Case(ResourceReference patient, string start, string? end, bool isRetention, string? team)
    {
        var coach = new Extension { Url = Canonicals.StructureDefinition("ips-coach") };
        coach.Extension.Add(new Extension("coach", new ResourceReference(Coach)));
        coach.Extension.Add(new Extension("period", new Period(new FhirDateTime(start), null)));
        var episode = Add(new EpisodeOfCare
        {
            Status = end is null ? EpisodeOfCareStatus.Active : EpisodeOfCareStatus.Finished,
            Patient = patient,
            ManagingOrganization = new ResourceReference($"Organization/{Unit}"),
            CareManager = new ResourceReference(Coach),
            Period = new Period(new FhirDateTime(start), end is null ? null : new FhirDateTime(end)),
            Extension = [coach],
        });
        if (isRetention)
            episode.SetExtension(Canonicals.StructureDefinition("ips-work-retention"), new FhirBoolean(true));
        if (team is not null)
        {
            var sender = Add(new CareTeam
            {
                Subject = episode.Patient!.Clone(), ManagingOrganization = [new ResourceReference($"Organization/{team}")],
            });
            episode.Team.Add(new ResourceReference($"CareTeam/{sender.Id}"));
        }

        return episode;
    }

    /// <summary>A competitive job of 20 hours a week.</summary>
    public Observation Job(
        EpisodeOfCare episode, string start, string? end = null, string employer = "1234567-1",
        string occupation = "9112", string reason = "laid-off")
    {
        var job = Add(Given.Job(start, employer: employer));
        job.Subject = episode.Patient!.Clone();
        ((CodeableConcept)job.Value!).Coding[0].Code = occupation;
        if (end is not null) job.Ends(end, reason);
        return job;
    }

    /// <summary>Makes a job one that is not on the open market.</summary>
    public static void IsNoOpenJob(Observation job, string kind = "trial") => job.SetExtension(
        Canonicals.StructureDefinition("ips-job-kind"), new Coding(Canonicals.CodeSystem("ips-job-kind"), kind));

    public void Contact(EpisodeOfCare episode, string day, string kind, string place = "FLD", int minutes = 30)
    {
        var contact = Add(Given.Contact(episode, day, kind, place));
        contact.Length!.Value = minutes;
        contact.Subject = episode.Patient!.Clone();
    }

    /// <summary>A contact of the coach that belongs to no case.</summary>
    public void ContactOfCoach(string day, string kind, int minutes = 30)
    {
        var contact = Add(Given.Contact(new EpisodeOfCare(), day, kind));
        contact.EpisodeOfCare.Clear();
        contact.Length!.Value = minutes;
    }

    public void Counselling(EpisodeOfCare episode, string day) => Add(new Procedure
    {
        Status = EventStatus.Completed, Subject = episode.Patient!.Clone(), Performed = new FhirDateTime(day),
        Code = new CodeableConcept(Canonicals.CodeSystem("ips-event"), "work-incentive-counselling"),
    });

    public void DisclosureTalk(EpisodeOfCare episode, string day)
    {
        var consent = Add(new Consent
        {
            Status = ConsentState.Active, Patient = episode.Patient!.Clone(), DateTimeElement = new FhirDateTime(day),
            Scope = new CodeableConcept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        });
        consent.Category.Add(new CodeableConcept(Canonicals.CodeSystem("ips-consent"), "disclosure-preference"));
        consent.Policy.Add(new Consent.PolicyComponent { Uri = "https://example.org/ips/disclosure" });
    }

    public void Profile(EpisodeOfCare episode, string day, Observation after) => Add(new QuestionnaireResponse
    {
        Questionnaire = Canonicals.Base + "/Questionnaire/ips-career-profile",
        Status = QuestionnaireResponseStatus.Completed, Subject = episode.Patient!.Clone(),
        AuthoredElement = new FhirDateTime(day), PartOf = [new ResourceReference($"Observation/{after.Id}")],
    });

    public void Due(EpisodeOfCare episode, string day, TaskStatus status) => Add(new FhirTask
    {
        Status = status, Intent = TaskIntent.Plan, For = episode.Patient!.Clone(),
        Code = new CodeableConcept(Canonicals.CodeSystem("ips-follow-along"), "weekly"),
        Restriction = new FhirTask.RestrictionComponent
        {
            Period = new Period(new FhirDateTime(day), new FhirDateTime(day)),
        },
    });

    /// <summary>Employed from a day on, by the status alone.</summary>
    public void Employed(EpisodeOfCare episode, string start) =>
        Add(Given.Status(start)).Subject = episode.Patient!.Clone();

    public void Education(EpisodeOfCare episode, string start) => Add(new Observation
    {
        Status = ObservationStatus.Final, Subject = episode.Patient!.Clone(),
        Code = new CodeableConcept(Canonicals.CodeSystem("ips-observation"), "education"),
        Effective = new Period(new FhirDateTime(start), null), Value = new CodeableConcept { Text = "Lähihoitaja" },
    });

    public void OwnView(EpisodeOfCare episode, string day, string question, int score) => Add(new Observation
    {
        Status = ObservationStatus.Final, Subject = episode.Patient!.Clone(),
        Code = new CodeableConcept(Canonicals.CodeSystem("ips-own-view"), question),
        Effective = new FhirDateTime(day), Value = new Integer(score),
    });

    private T Add<T>(T resource) where T : Resource
    {
        resource.Id = Guid.CreateVersion7().ToString();
        resources.Add(resource);
        return resource;
    }
}
