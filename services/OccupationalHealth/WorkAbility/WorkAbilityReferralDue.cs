using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// A region's referral that occupational health has neither taken up nor sent back in time: it is escalated at the unit,
/// and the region is told, since nobody coordinates the return to work meanwhile.
/// </summary>
public sealed class WorkAbilityReferralDue : ITimerHandler
{
    public const string Kind = "work-ability-referral";

    internal static Task Watch(Session session, FhirTask referral)
    {
        var today = FinnishTime.DateOf(session.Now);
        var last = today.AddDays(WorkAbilityRules.InForceOn(today).TakeUpReferralDays);
        return session.Timers.Set(Kind, referral.TypeName, referral.Id!, FinnishTime.EndOf(last).AddSeconds(1));
    }

    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await session.Resources.Get<FhirTask>(access, timer.ResourceId)
            is not { Status: TaskStatus.Requested or TaskStatus.Received } referral)
            return;
        TaskMoves.Escalate(referral, RequestPriority.Asap, session.Now);
        await session.Resources.Update(access, referral);
        await AnswerWorkAbilityReferral.Send(session, referral);
    }
}
