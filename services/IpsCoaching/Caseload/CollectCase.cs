using Fhir;
using IpsCoaching.Career;
using IpsCoaching.Cases;
using IpsCoaching.Consents;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Caseload;

/// <summary>Reads once from the store what the coach's list shows of a case.</summary>
internal static class CollectCase
{
    public static async Task<(ListedCase Case, int Missed)> Of(Session session, Access access, EpisodeOfCare episode)
    {
        if (!episode.Patient!.TryGetLocal(out var type, out var person))
            throw new InvalidOperationException($"The case {episode.Id} has no person.");
        var entered = FinnishTime.DateOf(episode.Period?.StartElement)!.Value;
        var profiles = (await CareerProfile.Of(session, access, person))
            .Where(profile => CareerProfile.DayOf(profile) >= entered).ToList();
        var answers = (await DisclosurePreference.Of(session, access, episode))
            .Select(answer => FinnishTime.DateOf(DisclosurePreference.AskedAt(answer))).ToList();
        var updated = profiles.SelectMany(CareerProfile.JobsOf).ToHashSet(StringComparer.Ordinal);
        var jobs = (await OdhJob.Of(session, access, person))
            .Where(job => OdhJob.EndOf(job) is null || OdhJob.EndOf(job) >= entered)
            .Select(job => new ListedJob(
                KnownSince(job), OdhJob.StartOf(job)!.Value, OdhJob.EndOf(job), updated.Contains(job.Id!)));
        var contacts = await CoachContact.Of(session, access, episode.Id!);
        var due = (await session.Resources.FindByReference<FhirTask>(access, "subject", type, person))
            .Where(task => FollowAlong.IsOf(task, episode)).ToList();
        return (new ListedCase(
            entered, profiles.Count > 0, answers.Count > 0 ? answers.Max() : null,
            contacts.Any(contact => CoachContact.KindOf(contact) == CoachContact.Employer), [.. jobs],
            [.. due.Where(task => task.Status is TaskStatus.Requested).Select(FollowAlong.DueOf)]),
            due.Count(task => task.Status is TaskStatus.Failed));
    }

    private static DateOnly KnownSince(Observation job)
    {
        var start = OdhJob.StartOf(job)!.Value;
        return job.Issued is { } issued && FinnishTime.DateOf(issued) < start ? FinnishTime.DateOf(issued) : start;
    }
}
