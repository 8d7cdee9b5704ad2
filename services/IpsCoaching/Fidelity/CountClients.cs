using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.Figures;

namespace IpsCoaching.Fidelity;

/// <summary>Counts what is counted by client. Pure.</summary>
internal static class CountClients
{
    /// <summary>The facts of a period with what the clients of that period tell.</summary>
    public static FidelityFacts With(this FidelityFacts facts, UnitRecord unit, FidelityAnchors anchors)
    {
        var (from, to) = (facts.From, facts.To);
        var served = unit.Clients.Where(client => client.Served(from, to).Any()).ToList();
        var starts = unit.Clients.Where(client => client.Found(from, to).Any()).ToList();
        var ended = unit.Clients.SelectMany(client => client.Jobs
            .Where(job => from <= job.End && job.End <= to).Select(job => (Client: client, Job: job))).ToList();
        var wished = unit.Clients.SelectMany(client => client.Found(from, to)
            .Select(job => (job.Occupation, Wishes: WishesAt(client, job.Start)))).ToList();
        var cases = served.SelectMany(client => client.Served(from, to)).ToList();
        var working = served.Where(client => client.Jobs.Any(job => job.IsRunning(from, to))).ToList();
        return facts with
        {
            Clients = served.Count,
            BeforeJob = (starts.Count(client => IsCounselled(client, from, to)), starts.Count),
            DisclosureTalks = (served.Count(client => Talks(client, from, to) > 0),
                served.Count(client => Talks(client, from, to) >= anchors.DisclosureTalksAtLeast)),
            Profiles = (ended.Count(one => IsUpdated(one.Client, one.Job, to)), ended.Count),
            Cases = (cases.Count(one => one.Coaches.Where(coach => coach.Since <= to)
                .Select(coach => coach.Coach).Distinct().Count() == 1), cases.Count),
            Wishes = (wished.Count(one => one.Wishes.Contains(one.Occupation)),
                wished.Count(one => one.Wishes.Count > 0)),
            InWork = (working.Count, working.Count(client => IsMet(client, CoachContact.Client, from, to)),
                working.Count(client => IsMet(client, CoachContact.Employer, from, to))),
        };
    }

    // Before the first day of the first job of the period; one counselling is enough.
    private static bool IsCounselled(ClientRecord client, DateOnly from, DateOnly to)
    {
        var start = client.Found(from, to).Min(job => job.Start);
        return client.Counselled.Any(day => day < start);
    }

    // In the newest case: what was said in an earlier one does not speak for it.
    private static int Talks(ClientRecord client, DateOnly from, DateOnly to)
    {
        var start = client.Served(from, to).Max(one => one.Start);
        return client.DisclosureTalks.Count(day => start <= day && day <= to);
    }

    private static bool IsUpdated(ClientRecord client, JobRecord job, DateOnly until) => client.Profiles.Any(
        profile => profile.Jobs.Contains(job.Id) && job.End <= profile.Day && profile.Day <= until);

    private static IReadOnlyList<string> WishesAt(ClientRecord client, DateOnly day) =>
        [.. client.Wishes.Where(wish => wish.Since < day && !(wish.Until < day)).Select(wish => wish.Occupation)];

    // While a job was running, in the period.
    private static bool IsMet(ClientRecord client, string kind, DateOnly from, DateOnly to) =>
        client.Served(from, to).SelectMany(one => one.Contacts).Any(contact =>
            contact.Kind == kind && from <= contact.Day && contact.Day <= to
            && client.Jobs.Any(job => job.IsRunning(contact.Day, contact.Day)));
}
