using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>Tells whether something that a service depends on is ready.</summary>
public interface IServiceProbe
{
    /// <summary>What it looks at, as readiness names it.</summary>
    string Name { get; }

    /// <summary>Whether requests must stay out while it is not ready.</summary>
    bool IsNeededToServe { get; }

    /// <summary>Throws or returns false when it is not ready.</summary>
    Task<bool> IsReady(CancellationToken cancel);
}

internal sealed class DatabaseProbe<TDatabase>(string service, TDatabase database) : IServiceProbe
    where TDatabase : ServiceDatabase
{
    public string Name => $"{service} database";

    public bool IsNeededToServe => true;

    public async Task<bool> IsReady(CancellationToken cancel) => await database.ReadOne(
        session => session.First<long>("select count(*) from schema_script"), cancel) > 0;
}
