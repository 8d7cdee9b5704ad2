using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// The follow-ups of workers: one open Task for each worker and owner. It survives every change of the place of care,
/// since a new placement continues it; it ends when its owner completes it, when another unit has taken it over, or when
/// everything that called for it was withdrawn.
/// </summary>
internal sealed class FollowUps(Session session, Access access)
{
    public static bool IsFollowUp(FhirTask task) =>
        task.Code?.Has(Systems.TaskKind, TaskKinds.WorkAbilityFollowUp) == true;

    /// <summary>
    /// The follow-up that a placement, an absence or a region's referral calls for: the open one of the same owner, or
    /// the wanted one, which is stored.
    /// </summary>
    public async Task<FhirTask> Take(FhirTask wanted)
    {
        var person = Id(wanted.For!);
        await Lock(person);
        return await Take(wanted, await Open(person), former: null);
    }

    /// <summary>The same for a person whose open follow-ups were read while they were locked.</summary>
    /// <param name="wanted">The follow-up that is called for.</param>
    /// <param name="open">The open ones.</param>
    /// <param name="former">The plan of the same referral before it was updated; null for a new referral.</param>
    public async Task<FhirTask> Take(FhirTask wanted, List<FhirTask> open, CarePlan? former)
    {
        if (open.Find(task => IsOwnedBy(task, wanted.Owner)) is { } same)
            return await Continue(same, wanted);
        if (former is null || open.Find(task => task.Id == IdOf(former)) is not { } own)
            return await session.Resources.Create(access, wanted);
        if (own.Status is TaskStatus.Requested && !await HasOtherReason(own, former))
        {
            own.Owner = wanted.Owner;
            return await Continue(own, wanted);
        }

        // Who has begun to follow up goes on until the other one has accepted.
        FollowUpHandover.Mark(wanted, own);
        return await session.Resources.Create(access, wanted);
    }

    /// <summary>Of two placements of one person at once the second continues what the first has begun.</summary>
    public Task Lock(string person) => session.Lock($"{access.Tenant}|follow-up/{person}");

    /// <summary>The open follow-ups of a person, the newest first.</summary>
    public Task<List<FhirTask>> Open(string person) =>
        new OpenTasks(session, access, TaskKinds.WorkAbilityFollowUp).Of(person);

    /// <summary>
    /// A placement was withdrawn. Its follow-up ends with it unless something else calls for it; null when it goes on.
    /// </summary>
    public async Task<FhirTask?> Release(CarePlan plan, TaskStatus status)
    {
        if (IdOf(plan) is not { } id || await session.Resources.Get<FhirTask>(access, id) is not { } task
            || !TaskMoves.IsOpen(task.Status) || await HasOtherReason(task, plan))
            return null;
        task.Status = status;
        task.LastModifiedElement = new FhirDateTime(session.Now);
        await session.Resources.Update(access, task);
        return task;
    }

    private async Task<FhirTask> Continue(FhirTask task, FhirTask wanted)
    {
        task.BasedOn = wanted.BasedOn.Count > 0 ? wanted.BasedOn : task.BasedOn;
        task.Focus = wanted.Focus ?? task.Focus;
        task.ReasonCode = wanted.ReasonCode ?? task.ReasonCode;
        task.Input.AddRange(wanted.Input.Where(input => !task.Input.Exists(known => known.DeepEquals(input))));
        task.LastModifiedElement = wanted.LastModifiedElement;
        await session.Resources.Update(access, task);
        return task;
    }

    private async Task<bool> HasOtherReason(FhirTask task, CarePlan than) =>
        task.Input.Exists(input => input.Type?.Has(Terms.TaskInput, Terms.CalledForBy) == true)
        || (await session.Resources.FindByReference<CarePlan>(access, "activity-reference", "Task", task.Id!))
            .Any(plan => plan.Id != than.Id
                && plan.Status is not (RequestStatus.Revoked or RequestStatus.EnteredInError));

    private static bool IsOwnedBy(FhirTask task, ResourceReference? owner) =>
        task.Owner?.Reference is { } known && known == owner?.Reference;

    private static string? IdOf(CarePlan plan) => plan.Activity
        .Select(activity =>
            activity.Reference?.TryGetLocal(out var type, out var id) == true && type == "Task" ? id : null)
        .FirstOrDefault(id => id is not null);

    private static string Id(ResourceReference reference) => reference.TryGetLocal(out _, out var id)
        ? id
        : throw new InvalidOperationException("A follow-up is for a Patient of this base.");
}
