using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>
/// Puts a message on its way to a region, in the transaction of whatever made it. A message that has nowhere to go is
/// kept as a row and its sender is told.
/// </summary>
public sealed class SendToRegion(RegionHandoffDatabase database)
{
    /// <summary>
    /// The same bytes go on; <paramref name="region"/> is a county code, or null when the message names none.
    /// </summary>
    public async Task Send(Session session, ReceivedMessage message, string? region, string? taskId, bool urgent)
    {
        var known = region is null ? null : await Region.Find(session, message.Access, region);
        Route route = known is null
            ? new Route.Nowhere(Undelivered.UnknownRegion)
            : DeliveryPolicy.Choose(known.Endpoints, message.Event, urgent);
        switch (route)
        {
            case Route.By(var channel, var endpoint, var tellSender):
                await Open(session, message, region!, taskId, urgent, channel, endpoint);
                if (tellSender) await ReportUndelivered.Send(session, message.Header.Id!, Undelivered.OnlyMailbox);
                database.DeliveriesWaiting(channel).Set();
                break;
            case Route.Nowhere(var why):
                await Keep(session, message, region, taskId, urgent, why);
                break;
            default:
                throw new InvalidOperationException($"No way for {route.GetType().Name}.");
        }
    }

    /// <summary>Keeps a message that is not to be sent, and tells its sender.</summary>
    public async Task Keep(
        Session session, ReceivedMessage message, string? region, string? taskId, bool urgent, Undelivered why)
    {
        await Deliveries.Add(session, message, region ?? "", taskId, urgent, DeliveryRow.Channels.None, null,
            DeliveryRow.States.Undelivered, why.Reason);
        await ReportUndelivered.Send(session, message.Header.Id!, why);
    }

    private static async Task Open(
        Session session, ReceivedMessage message, string region, string? taskId, bool urgent, string channel,
        string endpoint)
    {
        await Deliveries.Add(
            session, message, region, taskId, urgent, channel, endpoint, DeliveryRow.States.Waiting, null);
        await session.Timers.Set(AcknowledgementDue.Kind, "MessageHeader", message.Header.Id!,
            session.Now + DeliveryRules.On(session.Now).Deadline(urgent));
    }
}
