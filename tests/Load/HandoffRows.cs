using System.Text;
using Faults.Tests.Servers;
using Npgsql;

namespace Load;

/// <summary>What a handoff without any FHIR work commits at its three places.</summary>
internal interface IHandoffRows
{
    Task Send(string id, string body);

    Task Take(string id, string body);

    Task Settle(string id);
}

/// <summary>The least: the text where it is sent, the text where it is taken, and that it was answered.</summary>
internal sealed class LeastRows : IHandoffRows, IAsyncDisposable
{
    private readonly NpgsqlDataSource database;

    private LeastRows(NpgsqlDataSource database) => this.database = database;

    public static async Task<LeastRows> In(Backend backend)
    {
        var rows = new LeastRows(Database(backend, "ips-coaching"));
        await rows.Execute("create table sent (id text primary key, state bigint not null, body bytea not null)");
        await rows.Execute("create table taken (id text primary key, body bytea not null)");
        return rows;
    }

    /// <summary>A service's database, with statements prepared as the services do.</summary>
    public static NpgsqlDataSource Database(Backend backend, string service) => NpgsqlDataSource.Create(
        backend.ConnectionString(backend.DatabaseOf(service)) + ";Maximum Pool Size=50;Max Auto Prepare=50");

    public Task Send(string id, string body) =>
        Execute("insert into sent (id, state, body) values ($1, 0, $2)", id, Encoding.UTF8.GetBytes(body));

    public Task Take(string id, string body) =>
        Execute("insert into taken (id, body) values ($1, $2)", id, Encoding.UTF8.GetBytes(body));

    public Task Settle(string id) => Execute("update sent set state = 1 where id = $1", id);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task Execute(string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
