using System.Collections.Concurrent;
using ServiceKit.Storage;

namespace RegionHandoff;

/// <summary>Handoffs, the directory of regions, and what is on its way to them.</summary>
public sealed class RegionHandoffDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time)
{
    private readonly ConcurrentDictionary<string, Signal> waiting = [];

    /// <summary>Set when something may be ready to be sent by a channel; looking once too often does no harm.</summary>
    public Signal DeliveriesWaiting(string channel) => waiting.GetOrAdd(channel, _ => new Signal());
}
