using Fhir;
using IpsCoaching.Career;
using IpsCoaching.Consents;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using IpsCoaching.Outcomes;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Figures;

/// <summary>What was recorded of persons, sorted by person; what was entered in error is left out.</summary>
internal sealed class ClientFacts(
    IEnumerable<Observation> observations, IEnumerable<FhirTask> tasks, IEnumerable<Procedure> procedures,
    IEnumerable<Consent> consents, IEnumerable<QuestionnaireResponse> answers, IEnumerable<Goal> goals)
{
    private readonly ILookup<string, Observation> said = observations
        .Where(one => one.Status is not ObservationStatus.EnteredInError).ToLookup(one => PersonOf(one.Subject));

    private readonly ILookup<string, FhirTask> due = tasks.ToLookup(one => PersonOf(one.For));

    private readonly ILookup<string, Procedure> counselled = procedures.Where(Counselling.Is)
        .ToLookup(one => PersonOf(one.Subject));

    private readonly ILookup<string, Consent> disclosure = consents.Where(DisclosurePreference.IsValid)
        .ToLookup(one => PersonOf(one.Patient));

    private readonly ILookup<string, QuestionnaireResponse> profiles = answers.Where(CareerProfile.IsValid)
        .ToLookup(one => PersonOf(one.Subject));

    private readonly ILookup<string, Goal> wishes = goals.Where(WorkPreference.IsValid)
        .ToLookup(one => PersonOf(one.Subject));

    public ClientRecord Of(string person, IReadOnlyList<CaseRecord> cases) => new()
    {
        Cases = cases,
        Jobs = [.. Begun(person, one => one.Code?.Has(Systems.Loinc, OdhJob.Code) == true).Select(Job)
            .Where(job => cases.Any(one => !one.IsRefused && job.IsRunning(one.Start, one.End ?? DateOnly.MaxValue)))],
        Due = [.. due[person].Select(Due).OfType<DueRecord>()],
        Statuses = [.. said[person].Where(one => one.Code?.Has(Systems.Loinc, OdhEmploymentStatus.Code) == true)
            .Select(OdhEmploymentStatus.Read)],
        Counselled = [.. counselled[person].Select(Counselling.DayOf).OfType<DateOnly>()],
        DisclosureTalks =
            [.. disclosure[person].Select(one => FinnishTime.DateOf(one.DateTimeElement)).OfType<DateOnly>()],
        EducationStarts = [.. Begun(person, Education.Is).Select(Education.StartOf).OfType<DateOnly>()],
        Profiles = [.. profiles[person].Select(one =>
            new ProfileRecord(CareerProfile.DayOf(one), [.. CareerProfile.JobsOf(one)]))],
        Wishes = [.. wishes[person].SelectMany(Wishes)],
        Views = [.. said[person].Select(OwnView.Read).OfType<ViewRecord>()],
    };

    private IEnumerable<Observation> Begun(string person, Func<Observation, bool> isMeant) =>
        said[person].Where(one => isMeant(one) && one.Status is not ObservationStatus.Registered);

    private static JobRecord Job(Observation job) => new(
        job.Id!, OdhJob.StartOf(job)!.Value, OdhJob.EndOf(job), ((CodeableConcept)job.Value!).Coding[0].Code!,
        OdhJob.EmployerOf(job), OdhJob.KindOf(job) == OdhJob.Competitive, OdhJob.HoursAWeek(job) ?? 0,
        OdhJob.EndReasonOf(job));

    private static DueRecord? Due(FhirTask task) =>
        task.Code?.Coding.Find(coding => coding.System == FollowAlongKinds.SystemUrl)?.Code is { } kind
        && FinnishTime.DateOf(task.Restriction?.Period?.EndElement) is { } to
            ? new DueRecord(kind, to, task.Status!.Value)
            : null;

    private static IEnumerable<WishRecord> Wishes(Goal wish) =>
        WorkPreference.AboutOf(wish) == WorkPreference.Kind && WorkPreference.SinceOf(wish) is { } since
            ? wish.Description!.Coding.Select(coding => new WishRecord(coding.Code!, since, WorkPreference.UntilOf(wish)))
            : [];

    private static string PersonOf(ResourceReference? reference) =>
        reference?.TryGetLocal(out _, out var id) == true ? id : "";
}
