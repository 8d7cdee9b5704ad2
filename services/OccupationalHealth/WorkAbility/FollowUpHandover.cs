using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// A follow-up that another unit takes over: a new Task of that unit points to the former one, which stays open until
/// the new one is accepted, so that somebody follows up all the while.
/// </summary>
internal static class FollowUpHandover
{
    public static void Mark(FhirTask task, FhirTask former) => task.Input.Add(new FhirTask.ParameterComponent
    {
        Type = new CodeableConcept(Terms.TaskInput, Terms.HandsOver),
        Value = new ResourceReference($"Task/{former.Id}"),
    });

    /// <summary>The Task that another takes over; null for one that takes over nothing.</summary>
    public static string? FormerOf(FhirTask task) => task.Input
        .Find(input => input.Type?.Has(Terms.TaskInput, Terms.HandsOver) == true)?.Value is ResourceReference former
            && former.TryGetLocal(out _, out var id) ? id : null;

    /// <summary>Nobody puts a follow-up down by refusing it: it is completed, or another unit takes it over.</summary>
    public static Refusal? Check(FhirTask current, FhirTask proposed) =>
        FollowUps.IsFollowUp(current) && FormerOf(current) is null && current.Status != proposed.Status
        && proposed.Status is (TaskStatus.Rejected or TaskStatus.Failed or TaskStatus.Cancelled)
            ? Refusal.Conflict("Task.status",
                "The worker would be without follow-up: complete it, or let another unit take it over by $hand-over.")
            : null;

    /// <summary>Once the new unit has accepted, the former Task ends and the worker's plans name the new one.</summary>
    public static async Task Complete(Session session, Access access, FhirTask current, FhirTask proposed)
    {
        if (!FollowUps.IsFollowUp(current) || current.Status == proposed.Status
            || proposed.Status is not TaskStatus.Accepted || FormerOf(current) is not { } id
            || await session.Resources.Get<FhirTask>(access, id) is not { } former
            || !Referrals.TaskMoves.IsOpen(former.Status))
            return;
        former.Status = TaskStatus.Completed;
        former.BusinessStatus = new CodeableConcept(Terms.BusinessStatusSystem, Terms.BusinessStatus.HandedOver);
        former.LastModifiedElement = new FhirDateTime(session.Now);
        await session.Resources.Update(access, former);
        foreach (var plan in await session.Resources.FindByReference<CarePlan>(access, "activity-reference", "Task", id))
        {
            foreach (var activity in plan.Activity.Where(one => one.Reference?.Reference == $"Task/{id}"))
                activity.Reference = new ResourceReference($"Task/{current.Id}");
            await session.Resources.Update(access, plan);
        }
    }
}
