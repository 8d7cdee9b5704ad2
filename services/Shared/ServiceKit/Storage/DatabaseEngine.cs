using System.Data.Common;
using System.Reflection;
using Dapper;

namespace ServiceKit.Storage;

/// <summary>Opens connections and transactions of one kind of database.</summary>
public abstract class DatabaseEngine : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>A transaction that sees one state and writes nothing.</summary>
    public abstract Task<DatabaseLease> OpenRead(CancellationToken cancel);

    /// <summary>A transaction that may write.</summary>
    public abstract Task<DatabaseLease> OpenWrite(CancellationToken cancel);

    /// <summary>Runs the numbered scripts of ServiceKit and of the service that are not in yet, each once, in order.</summary>
    public abstract Task Migrate(Assembly service, CancellationToken cancel);

    /// <summary>Whether the database was away or in the way; anything else is a fault of the work itself.</summary>
    public abstract bool IsAway(Exception fault);

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs the scripts that are not in yet, in a transaction that nobody else migrates in.</summary>
    protected async Task RunScripts(DbConnection connection, DbTransaction transaction, Assembly service)
    {
        await connection.ExecuteAsync(
            "create table if not exists schema_script (name text primary key)", transaction: transaction);
        var done = (await connection.QueryAsync<string>(
            "select name from schema_script", transaction: transaction)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, sql) in Scripts(service).Where(script => !done.Contains(script.Name)))
        {
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync(
                "insert into schema_script (name) values (@name)", new { name }, transaction);
        }
    }

    /// <summary>The scripts in order of their numbers, with the dialect's words put in.</summary>
    private IEnumerable<(string Name, string Sql)> Scripts(Assembly service)
    {
        Assembly[] assemblies = [typeof(DatabaseEngine).Assembly, service];
        return from assembly in assemblies.Distinct()
               from resource in assembly.GetManifestResourceNames()
               where resource.Contains(".Scripts.", StringComparison.Ordinal)
                     && resource.EndsWith(".sql", StringComparison.Ordinal)
               let name = resource[(resource.IndexOf(".Scripts.", StringComparison.Ordinal) + ".Scripts.".Length)..]
               orderby name
               select (name, Text(assembly, resource).Replace("{bytes}", Dialect.BytesType, StringComparison.Ordinal));
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
