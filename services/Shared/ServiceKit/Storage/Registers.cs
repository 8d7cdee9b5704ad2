using System.Collections.Concurrent;

namespace ServiceKit.Storage;

/// <summary>
/// What this process has made of registers: types that change seldom and are asked for with each message. The database
/// counts their changes, so that a copy is used while the count is the one it was made at.
/// </summary>
internal sealed class RegisterMemory(TimeProvider time)
{
    private const int MostCopies = 10_000;

    // A process of a version before does not count what it changes: after this long it is seen all the same.
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<object, Copy> copies = new();

    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    public Copy? Find(object key, long stamp) =>
        copies.TryGetValue(key, out var copy) && copy.Stamp == stamp && time.GetUtcNow() - copy.MadeAt < Lives ? copy : null;

    public void Keep(object key, long stamp, object? value)
    {
        if (copies.Count >= MostCopies) copies.Clear();
        copies[key] = new Copy(value, stamp, time.GetUtcNow());
    }

    public sealed record Copy(object? Value, long Stamp, DateTimeOffset MadeAt);
}

/// <summary>The registers as one transaction sees them.</summary>
public sealed class Registers
{
    private readonly Session session;
    private readonly DatabaseLease lease;
    private readonly RegisterMemory memory;
    private Queued? stamp;
    private bool changed;

    internal Registers(Session session, DatabaseLease lease, RegisterMemory memory) =>
        (this.session, this.lease, this.memory) = (session, lease, memory);

    /// <summary>
    /// Lets the count of changes come along with the next question: for work that will ask for copies.
    /// </summary>
    public async Task Prepare() => stamp ??= await lease.Queue("select stamp from register_stamp", []);

    /// <summary>
    /// What <paramref name="read"/> makes of the registers, or a copy of what it has made of the same before. Nobody changes
    /// the value; the key names who asks and all that it depends on beside the registers, each compared by value.
    /// </summary>
    public async Task<T> Of<T>(object key, Func<Task<T>> read)
    {
        // What this transaction has changed itself is nobody else's yet.
        if (changed) return await read();
        await Prepare();
        if (!stamp!.IsSent) await lease.Flush();
        var count = stamp.First!.Value;
        if (memory.Find(key, count) is { } copy) return (T)copy.Value!;
        var value = await read();
        memory.Keep(key, count, value);
        return value;
    }

    /// <summary>A resource of a type was stored, or is seen by others than before.</summary>
    internal void Changed(string type) => changed |= memory.Types.Contains(type);

    /// <summary>Counts what was changed, as the last of a transaction: who counts as well waits for the commit alone.</summary>
    internal async Task Count()
    {
        if (changed) await session.Queue("update register_stamp set stamp = stamp + 1");
    }
}
