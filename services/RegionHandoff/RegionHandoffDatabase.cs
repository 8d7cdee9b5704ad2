using ServiceKit.Storage;

namespace RegionHandoff;

/// <summary>Handoffs, the directory of regions, and what is on its way to them.</summary>
public sealed class RegionHandoffDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time)
{
    /// <summary>Set when something may be ready to be sent to a region; looking once too often does no harm.</summary>
    public Signal DeliveriesWaiting { get; } = new();
}
