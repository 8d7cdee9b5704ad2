using Microsoft.Extensions.Hosting;
using ServiceKit.Settings;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>
/// Makes sure that a database belongs to this service and that its index was written with this process's key; the first
/// process to use the database decides both. With another key nobody would be found by identity code any more, and
/// whoever is not found is stored a second time.
/// </summary>
internal sealed class StoreIdentity<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, StorageSecrets secrets)
    : IHostedService where TDatabase : ServiceDatabase
{
    private sealed record Row(string Name, string Value);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var kept = await database.Write(async session =>
        {
            await session.Lock("store_identity");
            await session.Execute(
                """
                insert into store_identity (name, value) values ('service', @service), ('index-key', @key)
                on conflict (name) do nothing
                """,
                new { service = definition.Name, key = secrets.Keys.CheckValue });
            return (await session.Query<Row>("select name, value from store_identity"))
                .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        }, cancellationToken);
        List<string> faults = [];
        if (kept["service"] != definition.Name)
            faults.Add($"Storage:PostgreSql leads {definition.Name} to the database of {kept["service"]}: "
                + "give each service a database of its own, as in Database=omh-{service}.");
        else if (kept["index-key"] != secrets.Keys.CheckValue)
            faults.Add("Storage:IndexKeyFile (or else index.key in Storage:Folder) does not hold the key that "
                + $"{definition.Name}'s database was made with: give the file that its other instances have.");
        if (faults is not []) throw new SettingsException(faults);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
