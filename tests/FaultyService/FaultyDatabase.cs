using ServiceKit.Storage;

namespace FaultyService;

/// <summary>What had an effect.</summary>
public sealed class FaultyDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);
