using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gateway.Authorization.Tokens;

/// <summary>
/// Remembers on disk which assertions were used, so that each gets one token whatever gateway it meets and however
/// often one restarts. In PostgreSQL where that is set, otherwise in a file that gateways on one machine share.
/// </summary>
public sealed class UsedAssertions(IOptions<AccessOptions> options)
{
    private const string Schema =
        "create table if not exists used_assertion (id text primary key, until bigint not null)";

    private volatile bool prepared;

    /// <summary>True for the first who asks, false for all others.</summary>
    /// <exception cref="DbException">The store is away; nobody gets a token meanwhile.</exception>
    public async Task<bool> Take(string clientId, string id, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation);
        await Run(connection, "delete from used_assertion where until < @time", "", now, cancellation);
        return await Run(
            connection, "insert into used_assertion (id, until) values (@id, @time) on conflict do nothing",
            Name(clientId, id), now + AssertionPolicy.Longest + (2 * AssertionPolicy.Leeway), cancellation) == 1;
    }

    private async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = Connection(options.Value);
        try
        {
            await connection.OpenAsync(cancellation);
            if (!prepared) await Prepare(connection, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task Prepare(DbConnection connection, CancellationToken cancellation)
    {
        try
        {
            await Run(connection, Schema, "", default, cancellation);
        }
        catch (PostgresException)
        {
            // Two gateways made it at once, and PostgreSQL refuses one of them: now it is there.
            await Run(connection, Schema, "", default, cancellation);
        }

        prepared = true;
    }

    private static DbConnection Connection(AccessOptions options)
    {
        if (options.ReplayStore is not { Length: > 0 } server)
        {
            Directory.CreateDirectory(options.Folder);
            return new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(options.Folder, "used-assertions.db"), DefaultTimeout = 10,
            }.ToString());
        }

        var settings = new NpgsqlConnectionStringBuilder(server);
        if (options.ReplayStorePasswordFile is { Length: > 0 } file) settings.Password = File.ReadAllText(file).Trim();
        return new NpgsqlConnection(settings.ToString());
    }

    private static async Task<int> Run(
        DbConnection connection, string sql, string id, DateTimeOffset time, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in ((string, object)[])[("@id", id), ("@time", time.ToUnixTimeMilliseconds())])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Name(string clientId, string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}\n{id}")));
}
