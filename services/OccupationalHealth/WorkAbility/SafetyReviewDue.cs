using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// A safety review that nobody has done in time goes from the professional to the whole unit, at the highest urgency.
/// </summary>
public sealed class SafetyReviewDue : ITimerHandler
{
    public const string Kind = "safety-review";

    internal static bool IsOpenReview(FhirTask task) =>
        task.Code?.Has(Systems.TaskKind, TaskKinds.SafetyReview) == true && TaskMoves.IsOpen(task.Status);

    /// <summary>Escalates some hours from now, and at the latest when the day ends.</summary>
    internal static Task Watch(Session session, FhirTask review, DateOnly today)
    {
        var due = session.Now.AddHours(PlacementRules.InForceOn(today).SafetyReviewHours);
        var end = FinnishTime.EndOf(today);
        return session.Timers.Set(Kind, review.TypeName, review.Id!, due < end ? due : end);
    }

    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await session.Resources.Get<FhirTask>(access, timer.ResourceId) is not { } review || !IsOpenReview(review))
            return;
        // Outside of a placement the unit that received the answers has asked for it.
        review.Owner = review.BasedOn.Count > 0
            ? (await CarePlans.Of(session, access, review)).Author
            : review.Requester?.Clone();
        TaskMoves.Escalate(review, RequestPriority.Stat, session.Now);
        await session.Resources.Update(access, review);
    }
}
