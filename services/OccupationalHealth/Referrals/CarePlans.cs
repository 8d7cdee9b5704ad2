using Fhir;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>The plan that a Task is based on.</summary>
internal static class CarePlans
{
    public static string IdOf(FhirTask task)
    {
        foreach (var reference in task.BasedOn)
            if (reference.TryGetLocal(out var type, out var id) && type == "CarePlan")
                return id;

        throw new InvalidOperationException($"Task/{task.Id} is based on no CarePlan.");
    }

    public static async Task<CarePlan> Of(Session session, Access access, FhirTask task) =>
        await session.Resources.Get<CarePlan>(access, IdOf(task))
        ?? throw new InvalidOperationException($"The CarePlan of Task/{task.Id} is not in the store.");

    /// <summary>The plan follows its care Task.</summary>
    public static void Follow(CarePlan plan, TaskStatus? status)
    {
        (plan.Status, var activity) = status switch
        {
            TaskStatus.Accepted => (RequestStatus.Active, CarePlanActivityStatus.Scheduled),
            TaskStatus.InProgress => (RequestStatus.Active, CarePlanActivityStatus.InProgress),
            TaskStatus.Completed => (RequestStatus.Completed, CarePlanActivityStatus.Completed),
            TaskStatus.OnHold => (RequestStatus.OnHold, CarePlanActivityStatus.OnHold),
            // Nobody has taken the person over: the sender has to decide anew.
            TaskStatus.Rejected or TaskStatus.Failed => (RequestStatus.OnHold, CarePlanActivityStatus.NotStarted),
            TaskStatus.Cancelled => (RequestStatus.Revoked, CarePlanActivityStatus.Cancelled),
            TaskStatus.EnteredInError => (RequestStatus.EnteredInError, CarePlanActivityStatus.EnteredInError),
            _ => (plan.Status, plan.Activity.FirstOrDefault()?.Detail?.Status ?? CarePlanActivityStatus.NotStarted),
        };
        foreach (var detail in plan.Activity.Select(a => a.Detail).OfType<CarePlan.DetailComponent>())
            detail.Status = activity;
    }
}
