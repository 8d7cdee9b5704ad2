using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.EmployerContacts;

/// <summary>
/// The due contacts of a person as Tasks: <c>requested</c>, <c>completed</c>, <c>failed</c> when missed,
/// <c>cancelled</c> when the job or the case ended before. A job, a contact, a change of the case and the deadline all
/// lead here, where everything is decided anew from what is stored and what is about to be.
/// </summary>
internal sealed class FollowAlong(Session session, Access access)
{
    public const string TimerKind = "follow-along";

    private readonly DateOnly today = FinnishTime.DateOf(session.Now);

    /// <summary>The contact that is about to be stored, if one is.</summary>
    public Encounter? Contact { get; init; }

    /// <summary>The job that is about to be stored, if one is.</summary>
    public Observation? Job { get; init; }

    /// <summary>The case that is about to be stored, if one is.</summary>
    public EpisodeOfCare? Case { get; init; }

    public async Task Settle(ResourceReference person)
    {
        if (!person.TryGetLocal(out _, out var id)) return;
        var cases = Case is null ? await CoachingCases.Running(session, access, id) : [Case];
        foreach (var episode in cases)
        {
            // Of two teams that coach the same person neither sees what the other has recorded.
            var team = cases.Count > 1 ? (await Teams.Of(session, access, [episode.ManagingOrganization])) : [];
            var own = new FollowAlong(session, team is [var name] ? access.Of(name) : access)
            {
                Contact = Contact?.EpisodeOfCare.Exists(one => one.Reference == $"EpisodeOfCare/{episode.Id}") == true
                    ? Contact
                    : null,
                Job = Job,
            };
            await own.Settle(episode, id);
        }
    }

    private async Task Settle(EpisodeOfCare episode, string person)
    {
        var jobs = await OdhJob.Of(session, access, person);
        List<Observation> all = [.. jobs.Where(job => job.Id != Job?.Id), .. Job is null ? [] : new[] { Job }];
        var met = await Met(episode);
        var tasks = (await session.Resources.FindByReference<FhirTask>(access, "subject", nameof(Patient), person))
            .Where(task => IsOf(task, episode))
            .ToLookup(task => task.Focus!.Reference);
        foreach (var job in all)
            await Settle(job, episode, met, [.. tasks[$"Observation/{job.Id}"]]);
    }

    private async Task<IReadOnlyList<DateOnly>> Met(EpisodeOfCare episode)
    {
        var contacts = (await CoachContact.Of(session, access, episode.Id!)).Where(one => one.Id != Contact?.Id);
        if (Contact is { Status: EncounterStatus.Finished } now) contacts = contacts.Append(now);
        return [.. contacts.Where(one => CoachContact.KindOf(one) == CoachContact.Client)
            .Select(CoachContact.DayOf).OfType<DateOnly>()];
    }

    private async Task Settle(
        Observation job, EpisodeOfCare episode, IReadOnlyList<DateOnly> met, IReadOnlyList<FhirTask> tasks)
    {
        var entered = FinnishTime.DateOf(episode.Period?.StartElement)!.Value;
        var plan = job.Status is ObservationStatus.EnteredInError ? [] : FollowAlongPolicy
            .Plan(OdhJob.StartOf(job)!.Value, IpsRules.InForceOn(today).FollowAlong)
            .Where(due => due.To >= entered).ToList();
        DateOnly?[] ends = [OdhJob.EndOf(job), FinnishTime.LastDateOf(episode.Period?.EndElement)];
        var lastDay = ends.Where(end => end is not null).Min();
        foreach (var task in tasks.Where(task => !plan.Contains(DueOf(task))))
            await Set(task, TaskStatus.Cancelled, episode);
        foreach (var due in plan)
        {
            var status = FollowAlongPolicy.StatusOf(due, met, lastDay, today);
            if (tasks.FirstOrDefault(task => DueOf(task) == due) is { } known) await Set(known, status, episode);
            else if (status != TaskStatus.Cancelled) await Create(due, status, job, episode);
        }
    }

    private async Task Create(DueContact due, TaskStatus status, Observation job, EpisodeOfCare episode)
    {
        var kind = FollowAlongKinds.All.First(one => one.Code == due.Kind);
        var task = new FhirTask
        {
            Id = ResourceStore.NewId(), Intent = TaskIntent.Plan, Code = kind.ToConcept(),
            For = episode.Patient!.Clone(), DescriptionElement = kind.ToText(),
            Focus = new ResourceReference($"Observation/{job.Id}"),
            Owner = episode.CareManager?.Clone(), AuthoredOnElement = new FhirDateTime(session.Now),
            GroupIdentifier = new Identifier(Systems.Journey, CoachingCases.Journey(episode)),
            Restriction = new FhirTask.RestrictionComponent
            {
                Period = new Period(
                    new FhirDateTime(CaseRule.Day(due.From)), new FhirDateTime(CaseRule.Day(due.To))),
            },
        };
        Mark(task, status);
        await session.Resources.Create(access, task);
        if (status is TaskStatus.Requested) await Watch(task, due);
    }

    private async Task Set(FhirTask task, TaskStatus status, EpisodeOfCare episode)
    {
        var due = DueOf(task);
        // What was not due while the case was closed does not become missed when it is opened again.
        if (task.Status is TaskStatus.Cancelled && status is TaskStatus.Failed) return;
        var isOpen = status is TaskStatus.Requested;
        var isSameCoach = !isOpen || task.Owner?.Reference == episode.CareManager?.Reference;
        if (task.Status == status && isSameCoach) return;
        if (isOpen && task.Status is not TaskStatus.Requested) await Watch(task, due);
        if (!isOpen) await session.Timers.Cancel(TimerKind, task.TypeName, task.Id!);
        if (isOpen) task.Owner = episode.CareManager?.Clone();
        Mark(task, status);
        await session.Resources.Update(access, task);
    }

    private void Mark(FhirTask task, TaskStatus status)
    {
        task.Status = status;
        task.StatusReason = status is TaskStatus.Failed ? FollowAlongKinds.Missed.ToConcept() : null;
        task.LastModifiedElement = new FhirDateTime(session.Now);
    }

    // It is missed when its last day is over, not before.
    private Task Watch(FhirTask task, DueContact due) =>
        session.Timers.Set(TimerKind, task.TypeName, task.Id!, FinnishTime.EndOf(due.To).AddSeconds(1));

    /// <summary>Whether a Task is a due contact of a case.</summary>
    public static bool IsOf(FhirTask task, EpisodeOfCare episode) =>
        KindOf(task) is not null && task.GroupIdentifier?.Value == CoachingCases.Journey(episode);

    private static string? KindOf(FhirTask task) =>
        task.Code?.Coding.Find(coding => coding.System == FollowAlongKinds.SystemUrl)?.Code;

    /// <summary>The days of a due contact.</summary>
    public static DueContact DueOf(FhirTask task) => new(
        KindOf(task)!, FinnishTime.DateOf(task.Restriction!.Period!.StartElement)!.Value,
        FinnishTime.DateOf(task.Restriction.Period.EndElement)!.Value);
}

/// <summary>The last day of a due contact is over: if it was not made, it is shown as missed.</summary>
public sealed class FollowAlongDue : ITimerHandler
{
    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await session.Resources.Get<FhirTask>(access, timer.ResourceId) is not { For: { } person }
            || !person.TryGetLocal(out var type, out var id)) return;
        await session.Lock(access, type, id);
        await new FollowAlong(session, access).Settle(person);
    }
}
