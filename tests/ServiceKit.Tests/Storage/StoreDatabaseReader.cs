namespace ServiceKit.Tests.Storage;

/// <summary>Looks into the tables.</summary>
internal sealed class StoreDatabaseReader(StoreDatabase database)
{
    public Task<long> Count(string sql, object? values = null) =>
        database.Read(session => session.First<long>(sql, values), CancellationToken.None);

    public Task<IReadOnlyList<string>> Texts(string sql, object? values = null) =>
        database.Read(session => session.Query<string>(sql, values), CancellationToken.None);
}
