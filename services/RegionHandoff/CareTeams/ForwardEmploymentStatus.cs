using RegionHandoff.Delivery;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.CareTeams;

/// <summary>
/// Brings a change of employment status to the region whose psychiatric care team the coach works with. Nothing of it
/// is stored here but the message on its way.
/// </summary>
public sealed class ForwardEmploymentStatus(SendToRegion send) : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var region = message.Header.Destination
            .Select(destination => Region.CodeOf(message.Bundle, destination.Receiver))
            .FirstOrDefault(code => code is not null);
        await send.Send(session, message, region, taskId: null, urgent: false);
        return MessageResult.Done;
    }
}
