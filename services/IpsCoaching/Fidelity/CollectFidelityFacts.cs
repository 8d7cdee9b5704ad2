using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Fidelity;

/// <summary>Counts what the cases of one unit tell of a period.</summary>
internal sealed class CollectFidelityFacts(Session session, Access access, DateOnly from, DateOnly to)
{
    private readonly List<int> daysToContact = [];
    private readonly List<string> occupations = [], employers = [], refusals = [];
    private readonly HashSet<string> coaches = [];
    private readonly Dictionary<string, int> caseloads = [];
    private readonly Dictionary<string, Encounter> contacts = [];
    private int withoutContact, made, missed;

    public async Task<FidelityFacts> Of(string unit)
    {
        foreach (var episode in await session.Resources.FindByReference<EpisodeOfCare>(
            access, "organization", "Organization", unit))
            await Add(episode);
        // Coaches meet employers for no client in particular too.
        foreach (var coach in coaches)
        {
            if (!new ResourceReference(coach).TryGetLocal(out var type, out var id)) continue;
            foreach (var contact in await session.Resources.FindByReference<Encounter>(
                access, "participant", type, id))
                contacts.TryAdd(contact.Id!, contact);
        }

        var valid = contacts.Values.Where(one => one.Status is EncounterStatus.Finished
            && CoachContact.DayOf(one) is { } day && IsWithin(day)).ToList();
        return new FidelityFacts(
            from, to, [.. caseloads.Values], daysToContact, withoutContact, coaches.Count,
            valid.Count(one => CoachContact.KindOf(one) == CoachContact.Employer && one.Class!.Code != "VR"),
            occupations, employers, made, missed,
            Minutes(valid.Where(one => one.Class!.Code is "FLD" or "HH")),
            Minutes(valid.Where(one => one.Class!.Code == "AMB")), refusals);
    }

    private async Task Add(EpisodeOfCare episode)
    {
        var start = FinnishTime.DateOf(episode.Period?.StartElement)!.Value;
        var end = FinnishTime.LastDateOf(episode.Period?.EndElement);
        if (start > to || end < from) return;
        if (episode.Status is EpisodeOfCareStatus.Cancelled)
        {
            if (IsWithin(start)) refusals.Add(CaseRefusal.ReasonOf(episode) ?? "");
            return;
        }

        foreach (var (coach, since, until) in CoachHistory.Of(episode))
        {
            if (since <= to && !(until < from)) coaches.Add(coach);
            if (since <= to && !(until <= to) && !(end <= to))
                caseloads[coach] = caseloads.GetValueOrDefault(coach) + 1;
        }

        var own = await CoachContact.Of(session, access, episode.Id!);
        foreach (var contact in own) contacts.TryAdd(contact.Id!, contact);
        if (IsWithin(start)) AddFirstContact(own, start);
        await AddJobs(episode);
    }

    private void AddFirstContact(IReadOnlyList<Encounter> own, DateOnly start)
    {
        var days = own.Where(one => CoachContact.KindOf(one) == CoachContact.Employer)
            .Select(CoachContact.DayOf).OfType<DateOnly>().ToList();
        if (days.Count > 0) daysToContact.Add(days.Min().DayNumber - start.DayNumber);
        else withoutContact++;
    }

    private async Task AddJobs(EpisodeOfCare episode)
    {
        if (!episode.Patient!.TryGetLocal(out var type, out var person)) return;
        foreach (var job in (await OdhJob.Of(session, access, person))
            .Where(job => job.Status is not ObservationStatus.Registered && IsWithin(OdhJob.StartOf(job)!.Value)))
        {
            occupations.Add(((CodeableConcept)job.Value!).Coding[0].Code!);
            if (OdhJob.EmployerOf(job) is { } employer) employers.Add(employer);
        }

        foreach (var task in (await session.Resources.FindByReference<FhirTask>(access, "subject", type, person))
            .Where(task => task.Code?.Coding.Exists(coding => coding.System == FollowAlongKinds.SystemUrl) == true
                && IsWithin(FinnishTime.DateOf(task.Restriction!.Period!.EndElement)!.Value)))
        {
            if (task.Status is TaskStatus.Completed) made++;
            if (task.Status is TaskStatus.Failed) missed++;
        }
    }

    private bool IsWithin(DateOnly day) => from <= day && day <= to;

    private static decimal Minutes(IEnumerable<Encounter> contacts) => contacts.Sum(one => one.Length!.Value ?? 0);
}
