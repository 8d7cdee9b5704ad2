using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>A way by which messages are sent to regions, rather than fetched by them.</summary>
public interface IRegionChannel
{
    /// <summary>As it stands in the column <c>channel</c>.</summary>
    string Name { get; }

    /// <summary>Regions that are known to be out of reach. Nothing is tried for them, and no attempt counted.</summary>
    IReadOnlyCollection<string> Away { get; }

    /// <summary>Whether an endpoint is one of this channel.</summary>
    bool Serves(Endpoint endpoint);

    /// <summary>One attempt. Throws only when it is cancelled.</summary>
    /// <param name="endpoint">The region's endpoint, as it is now.</param>
    /// <param name="region">The county code of the region that the message is for.</param>
    /// <param name="message">The body, as it was received.</param>
    /// <param name="cancel">Ends the attempt.</param>
    Task<RegionAnswer> Send(Endpoint endpoint, string region, byte[] message, CancellationToken cancel);
}
