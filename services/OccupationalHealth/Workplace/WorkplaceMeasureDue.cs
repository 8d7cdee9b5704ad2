using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Workplace;

/// <summary>
/// The last day of an agreed measure is over and it is not done: a Task of the plan's author asks for it, one for each
/// plan at a time.
/// </summary>
public sealed class WorkplaceMeasureDue : ITimerHandler
{
    public const string Kind = "workplace-measure";

    private static readonly Wording Overdue = new(
        "Työpaikalla sovittu toimenpide on myöhässä: seuraa toteutumista yhdessä työpaikan kanssa.",
        "En åtgärd som avtalats på arbetsplatsen är försenad: följ upp den tillsammans med arbetsplatsen.",
        "A measure agreed at the workplace is late: follow it up together with the workplace.");

    internal static DateOnly? LastDayOf(CarePlan.ActivityComponent activity) =>
        activity.Detail?.Scheduled is Period period ? FinnishTime.LastDateOf(period.EndElement) : null;

    /// <summary>Sets the deadline of the next measure that is not done, in place of the one before.</summary>
    internal static async Task Watch(Session session, CarePlan plan)
    {
        var today = FinnishTime.DateOf(session.Now);
        var next = plan.Status is RequestStatus.Active
            ? plan.Activity.Where(IsOpen).Select(LastDayOf).Where(day => day >= today).Min()
            : null;
        if (next is { } day)
            await session.Timers.Set(Kind, plan.TypeName, plan.Id!, FinnishTime.EndOf(day).AddSeconds(1));
        else
            await session.Timers.Cancel(Kind, plan.TypeName, plan.Id!);
    }

    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await session.Resources.Get<CarePlan>(access, timer.ResourceId) is not { } plan)
            return;
        await Watch(session, plan);
        var today = FinnishTime.DateOf(session.Now);
        if (plan.Status is not RequestStatus.Active
            || !plan.Activity.Exists(activity => IsOpen(activity) && LastDayOf(activity) < today)
            || (await session.Resources.FindByReference<FhirTask>(access, "focus", "CarePlan", plan.Id!))
                .Any(task => TaskMoves.IsOpen(task.Status)))
            return;
        var id = ResourceStore.NewId();
        await session.Resources.Create(access, new FhirTask
        {
            Id = id,
            Language = "fi",
            Identifier = [new Identifier(Systems.TaskNumber, id)],
            Status = TaskStatus.Requested,
            Intent = TaskIntent.Order,
            Priority = RequestPriority.Routine,
            Code = new CodeableConcept(Systems.TaskKind, TaskKinds.WorkplaceMeasure),
            DescriptionElement = Texts.Text(Overdue),
            Focus = new ResourceReference($"CarePlan/{plan.Id}"),
            For = plan.Subject!.Clone(),
            Owner = plan.Author!.Clone(),
            AuthoredOnElement = new FhirDateTime(session.Now),
            LastModifiedElement = new FhirDateTime(session.Now),
        });
    }

    private static bool IsOpen(CarePlan.ActivityComponent activity) => activity.Detail?.Status is not
        (CarePlanActivityStatus.Completed or CarePlanActivityStatus.Cancelled or CarePlanActivityStatus.Stopped
        or CarePlanActivityStatus.EnteredInError);
}
