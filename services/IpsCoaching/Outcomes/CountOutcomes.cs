using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using IpsCoaching.Figures;

namespace IpsCoaching.Outcomes;

/// <summary>Counts what the record of a unit tells of a quarter, of a running one until today. Pure.</summary>
internal sealed class CountOutcomes(UnitRecord unit, Quarter quarter, DateOnly today, IpsRules rules)
{
    private readonly DateOnly begin = quarter.From, end = quarter.To < today ? quarter.To : today;

    public OutcomeFacts Count()
    {
        var served = unit.Clients.Where(client => client.Served(begin, end).Any()).ToList();
        var (retention, clients) = (served.Where(WasAtWork).ToList(), served.Where(one => !WasAtWork(one)).ToList());
        var running = Of(clients, WorkedIn);
        var ends = Of(clients, client => Competitive(client).Where(job => IsWithin(job.End)));
        return new OutcomeFacts
        {
            OutOfWork = (clients.Count, clients.Count(client => WorkedIn(client).Any())),
            Retention = (retention.Count, retention.Count(client => WorkedIn(client).Any())),
            Jobs = Tally(running), JobStarts = Tally(running.Where(one => IsWithin(one.Job.Start))),
            JobsFromBefore = Tally(running.Where(one => !IsWithin(one.Job.Start))),
            HoursAWeek = [.. running.Select(one => one.Job.HoursAWeek)],
            DaysToFirstContact = [.. clients.SelectMany(DaysToFirstContact)],
            DaysToFirstJob = [.. clients.SelectMany(DaysToFirstJob)],
            Kept = [.. rules.Outcomes.KeptWeeks.Select(weeks => Kept(clients, weeks))],
            Steady = Steady(clients),
            Ends = [.. ends.GroupBy(one => one.Job.EndReason ?? "").Select(group => (group.Key, Tally(group)))],
            PeopleOfEnds = Tally(ends).People,
            EducationStarts = served.Count(client => client.EducationStarts.Any(day => IsWithin(day)
                && client.Served(day, day).Any())),
            Views = [.. OwnView.Questions.Select(question => Views(served, question.Code))],
        };
    }

    // By the newest case: marked as retention, or at work on the day before it began.
    private bool WasAtWork(ClientRecord client)
    {
        var newest = client.Served(begin, end).MaxBy(one => one.Start)!;
        return newest.IsRetention
            || client.Jobs.Any(job => job.Start < newest.Start && !(job.End < newest.Start))
            || client.Statuses.Any(status => status.Status is WorkStatus.Employed && status.Start < newest.Start
                && !(status.End < newest.Start));
    }

    private static IEnumerable<JobRecord> Competitive(ClientRecord client) => client.Jobs.Where(job => job.IsCompetitive);

    // While it ran the person was coached.
    private IEnumerable<JobRecord> WorkedIn(ClientRecord client) => Competitive(client).Where(job =>
        client.Served(begin, end).Any(one => job.IsRunning(
            one.Start < begin ? begin : one.Start, one.End < end ? one.End.Value : end)));

    private IEnumerable<decimal> DaysToFirstContact(ClientRecord client) =>
        from one in client.Served(begin, end)
        let days = one.Contacts.Where(contact => contact.Kind == CoachContact.Employer).Select(contact => contact.Day)
        where days.Any() && IsWithin(days.Min())
        select (decimal)(days.Min().DayNumber - one.Start.DayNumber);

    private IEnumerable<decimal> DaysToFirstJob(ClientRecord client) =>
        from one in client.Served(begin, end)
        let starts = Competitive(client).Select(job => job.Start)
            .Where(start => one.Start <= start && !(one.End < start))
        where starts.Any() && IsWithin(starts.Min())
        select (decimal)(starts.Min().DayNumber - one.Start.DayNumber);

    // The last day of the last week decides, in the quarter in which it falls.
    private (int, Tally, Tally) Kept(IEnumerable<ClientRecord> clients, int weeks)
    {
        var jobs = Of(clients, client => Competitive(client).Where(job => IsWithin(job.Start.AddDays(weeks * 7 - 1))
            && client.Cases.Any(one => !one.IsRefused && one.Start <= job.Start)));
        bool IsKept(JobRecord job) => !(job.End < job.Start.AddDays(weeks * 7 - 1));
        return (weeks, Tally(jobs.Where(one => IsKept(one.Job))), Tally(jobs.Where(one => !IsKept(one.Job))));
    }

    // The weeks that end with the quarter; a week counts with one day of work.
    private (int, int) Steady(IEnumerable<ClientRecord> clients)
    {
        var first = end.AddDays(1 - rules.Outcomes.SteadyWeeks * 7);
        var long_ = clients.Where(client => client.Served(begin, end).Any(one => one.Start <= first)).ToList();
        return (long_.Count, long_.Count(client => Enumerable.Range(0, rules.Outcomes.SteadyWeeks)
            .Count(week => Competitive(client)
                .Any(job => job.IsRunning(first.AddDays(week * 7), first.AddDays(week * 7 + 6))))
            > rules.Outcomes.SteadyShare * rules.Outcomes.SteadyWeeks));
    }

    private (string, IReadOnlyList<decimal>, IReadOnlyList<decimal>) Views(
        IEnumerable<ClientRecord> clients, string question)
    {
        var answers = clients.Select(client => client.Views
                .Where(view => view.Question == question && view.Day <= end).OrderBy(view => view.Day).ToList())
            .Where(views => views.Count > 0 && IsWithin(views[^1].Day)).ToList();
        return (question, [.. answers.Select(views => (decimal)views[^1].Score)],
            [.. answers.Where(views => views.Count > 1).Select(views => (decimal)(views[^1].Score - views[0].Score))]);
    }

    private static List<(ClientRecord Client, JobRecord Job)> Of(
        IEnumerable<ClientRecord> clients, Func<ClientRecord, IEnumerable<JobRecord>> jobs) =>
        [.. clients.SelectMany(client => jobs(client).Select(job => (client, job)))];

    private static Tally Tally(IEnumerable<(ClientRecord Client, JobRecord Job)> jobs)
    {
        var all = jobs.ToList();
        return new Tally(all.Count, all.Select(one => one.Client).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    private bool IsWithin(DateOnly? day) => begin <= day && day <= end;
}
