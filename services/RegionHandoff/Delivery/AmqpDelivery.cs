using RegionHandoff.Regions;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>
/// Puts messages into the queue <c>inbox</c> of a region's virtual host, to which no service exchange is bound: nothing
/// reaches a region there but through here.
/// </summary>
public sealed class AmqpDelivery(RegionConnections connections) : IRegionChannel
{
    public string Name => DeliveryRow.Channels.Amqp;

    public IReadOnlyCollection<string> Away => connections.Away;

    public bool Serves(Endpoint endpoint) => ConnectionTypes.IsAmqp(endpoint.ConnectionType);

    public async Task<RegionAnswer> Send(
        Endpoint endpoint, string region, byte[] message, CancellationToken cancel) =>
        await connections.Find(region, cancel) is { } connection
            ? await connection.Publish(message, cancel)
            : new RegionAnswer.NotNow(null);
}
