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

    public Copy? Find(object key, long stamp) => Find(key) is { } copy && copy.Stamp == stamp ? copy : null;

    public Copy? Find(object key) =>
        copies.TryGetValue(key, out var copy) && time.GetUtcNow() - copy.MadeAt < Lives ? copy : null;

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

    /// <summary>Lets the changes be counted again: others may have made some meanwhile.</summary>
    internal void Forget() => stamp = null;

    /// <summary>
    /// What <paramref name="read"/> makes of the registers, or a copy of what it has made of the same before. Nobody changes
    /// the value; the key names who asks and all that it depends on beside the registers, each compared by value.
    /// </summary>
    public async Task<T> Of<T>(object key, Func<Task<T>> read)
    {
        // What this transaction has changed itself is nobody else's yet.
        if (changed) return await read();
        var count = await CountOfChanges();
        if (memory.Find(key, count) is { } copy) return (T)copy.Value!;
        var value = await read();
        memory.Keep(key, count, value);
        return value;
    }

    /// <summary>
    /// What stands under keys. Copies are believed first: whether they hold comes along with what is asked for beside them.
    /// Of keys under which nothing stands there is no copy, so that what others store is seen at once.
    /// </summary>
    /// <param name="keys">What is looked for, each once.</param>
    /// <param name="typeOf">The type that a key is about.</param>
    /// <param name="find">Asks for some of them, or for none.</param>
    internal async Task<IReadOnlyList<(TKey Key, TRow Row)>> Find<TKey, TRow>(
        IReadOnlyCollection<TKey> keys, Func<TKey, string> typeOf,
        Func<IReadOnlyCollection<TKey>, Task<IReadOnlyList<(TKey Key, TRow Row)>>> find) where TKey : notnull
    {
        var kept = changed ? [] : keys.Where(key => Keeps(typeOf(key))).ToHashSet();
        if (kept.Count == 0) return await find(keys);

        await Prepare();
        var copies = kept.Select(key => KeyValuePair.Create(key, memory.Find(key)))
            .Where(one => one.Value is not null).ToDictionary();
        var asked = await find([.. keys.Where(key => !copies.ContainsKey(key))]);
        var count = await CountOfChanges();
        var holding = copies.ToLookup(one => one.Value!.Stamp == count);
        asked = [.. asked, .. await find([.. holding[false].Select(one => one.Key)])];
        foreach (var found in asked.Where(one => kept.Contains(one.Key)).ToLookup(one => one.Key, one => one.Row))
            memory.Keep(found.Key, count, found.ToArray());
        return [.. asked, .. holding[true].SelectMany(
            one => ((TRow[])one.Value!.Value!).Select(row => (one.Key, row)))];
    }

    /// <summary>Whether copies of a type are kept.</summary>
    internal bool Keeps(string type) => memory.Types.Contains(type);

    /// <summary>
    /// Keeps for a short time where something was found that changes often: who is looked at in a trial is looked at again.
    /// </summary>
    internal void Suppose(object key, string id) => memory.Keep(key, stamp: 0, id);

    /// <summary>Where that was found; it may be elsewhere by now, so that whoever acts upon it asks again.</summary>
    internal string? Supposed(object key) => memory.Find(key)?.Value as string;

    private async Task<long> CountOfChanges()
    {
        await Prepare();
        if (!stamp!.IsSent) await lease.Flush();
        return stamp.First!.Value;
    }

    /// <summary>A resource of a type was stored, or is seen by others than before.</summary>
    internal void Changed(string type) => changed |= memory.Types.Contains(type);

    /// <summary>Counts what was changed, as the last of a transaction: who counts as well waits for the commit alone.</summary>
    internal async Task Count()
    {
        if (changed) await session.Queue("update register_stamp set stamp = stamp + 1");
    }
}
