namespace ServiceKit.Storage;

/// <summary>A deadline as it stands in the database.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="Kind">Which handler it wakes.</param>
/// <param name="Due">When, in microseconds since 1970 UTC.</param>
/// <param name="Type">The type of the resource that it is about.</param>
/// <param name="ResourceId">The id of that resource.</param>
/// <param name="Attempt">How many times its handler has been started.</param>
public sealed record TimerRow(string Id, string Kind, long Due, string Type, string ResourceId, long Attempt);

/// <summary>Deadlines, kept as rows: they commit with what they watch over and outlive the process.</summary>
public sealed class Timers(Session session)
{
    /// <summary>Sets a deadline of a kind for a resource, in place of an earlier one of the same kind.</summary>
    public async Task Set(string kind, string type, string resourceId, DateTimeOffset due)
    {
        await Cancel(kind, type, resourceId);
        await session.Queue(
            """
            insert into timer (id, kind, due, type, resource_id, state, attempt, lease_until, fence)
            values (@id, @kind, @due, @type, @resourceId, 0, 0, 0, 0)
            """,
            ("id", Guid.CreateVersion7().ToString()), ("kind", kind), ("due", Micros.From(due)), ("type", type),
            ("resourceId", resourceId));
        session.ChangedTimers = true;
    }

    /// <summary>Takes back a deadline that still waits; nothing happens when there is none.</summary>
    public Task Cancel(string kind, string type, string resourceId) => session.Queue(
        "update timer set state = 1 where kind = @kind and type = @type and resource_id = @resourceId and state = 0",
        ("kind", kind), ("type", type), ("resourceId", resourceId));
}
