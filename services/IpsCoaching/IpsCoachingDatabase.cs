using ServiceKit.Storage;

namespace IpsCoaching;

/// <summary>Coaching cases, statuses and consents.</summary>
public sealed class IpsCoachingDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);
