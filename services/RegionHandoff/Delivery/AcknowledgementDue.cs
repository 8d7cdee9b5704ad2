using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>Acts when a region has not acknowledged a message in time: sends it again, or tells its sender.</summary>
public sealed class AcknowledgementDue(RegionHandoffDatabase database) : ITimerHandler
{
    /// <summary>The deadline's name in the store.</summary>
    public const string Kind = "acknowledgement";

    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await Deliveries.Find(session, timer.ResourceId) is not { State: DeliveryRow.States.Waiting } row) return;
        var urgent = row.Urgent == 1;
        switch (DeliveryPolicy.Decide(DeliveryRules.On(session.Now), urgent, row.SentAgain, session.Now))
        {
            case AfterDeadline.SendAgain(var next):
                await Deliveries.SendAgain(session, row.HeaderId);
                await session.Timers.Set(Kind, timer.Type, timer.ResourceId, next);
                database.DeliveriesWaiting(row.Channel).Set();
                break;
            case AfterDeadline.Report:
                await Deliveries.GiveUp(session, row.HeaderId, Undelivered.NotAcknowledged);
                await ReportUndelivered.Send(session, row.HeaderId, Undelivered.NotAcknowledged);
                // What waited behind it may go now.
                database.DeliveriesWaiting(row.Channel).Set();
                break;
        }
    }
}
