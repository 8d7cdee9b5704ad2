using Microsoft.AspNetCore.Http;
using ServiceKit.Storage;

namespace ServiceKit.Audit;

/// <summary>
/// Keeps what was shown to whom. Nothing is shown before its rows are committed; what many requests show at once is
/// committed together, so that a read costs a part of a commit.
/// </summary>
public sealed class AccessLog<TDatabase>(TDatabase database, TimeProvider time) where TDatabase : ServiceDatabase
{
    private readonly Lock gate = new();
    private Batch next = new();
    private bool writes;

    /// <summary>Returns when it is on disk that these were shown; throws when that cannot be had.</summary>
    public Task Shown(Access access, HttpRequest request, string interaction, IEnumerable<StoredResource> resources) =>
        Record(resources.Select(one => new AccessRow(
            Micros.From(time.GetUtcNow()), access, interaction, one.Type, one.Id, one.Version, IdOf(request))));

    /// <summary>The same for an operation of a service's own, with the resource that it is called on.</summary>
    public Task Called(Access access, HttpRequest request, string operation, string? type, string? id) => Record(
        [new AccessRow(
            Micros.From(time.GetUtcNow()), access, operation, type ?? "", id, null, IdOf(request))]);

    private static string? IdOf(HttpRequest request) => request.Headers["X-Request-ID"] is [{ Length: > 0 } id] ? id : null;

    private Task Record(IEnumerable<AccessRow> rows)
    {
        lock (gate)
        {
            var batch = next;
            batch.Rows.AddRange(rows);
            if (batch.Rows.Count == 0) return Task.CompletedTask;
            if (!writes) _ = Task.Run(WriteAll);
            writes = true;
            return batch.Written.Task;
        }
    }

    private async Task WriteAll()
    {
        while (Take() is { } batch)
        {
            try
            {
                await database.Write(session =>
                {
                    foreach (var row in batch.Rows) session.Rows.AddAccess(row);
                    return Task.CompletedTask;
                }, CancellationToken.None);
                batch.Written.SetResult();
            }
            catch (Exception fault)
            {
                batch.Written.SetException(fault);
            }
        }
    }

    private Batch? Take()
    {
        lock (gate)
        {
            writes = next.Rows.Count > 0;
            if (!writes) return null;
            var batch = next;
            next = new Batch();
            return batch;
        }
    }

    private sealed class Batch
    {
        public List<AccessRow> Rows { get; } = [];

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
