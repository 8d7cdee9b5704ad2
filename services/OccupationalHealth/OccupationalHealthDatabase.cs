using ServiceKit.Storage;

namespace OccupationalHealth;

/// <summary>The database of this service: a type of its own, so that several services live in one container.</summary>
public sealed class OccupationalHealthDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);
