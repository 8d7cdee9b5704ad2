using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>Where a service keeps its data: the configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// A PostgreSQL connection string; <c>{service}</c> in it stands for the service's name, to be used as the database's
    /// name. Empty: SQLite in <see cref="Folder"/>.
    /// </summary>
    public string PostgreSql { get; set; } = "";

    /// <summary>The folder with the key of the index hashes and, without PostgreSQL, one SQLite file for each service.</summary>
    public string Folder { get; set; } = "omh-data";

    /// <summary>Opens the database of one service.</summary>
    public DatabaseEngine Engine(string service) => PostgreSql.Length > 0
        ? new PostgreSqlEngine(PostgreSql.Replace("{service}", service, StringComparison.Ordinal))
        : new SqliteEngine(Path.Combine(Folder, $"{service}.db"));
}

internal static class StorageRegistration
{
    public static void AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(StorageOptions))) return;
        var options = configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        if (options.Folder.Length == 0)
            throw new InvalidOperationException("Storage:Folder is empty: give the folder that keeps keys and databases.");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => new StorageSecrets(
            new NoSeal(), IndexKeys.FromFile(Path.Combine(options.Folder, "index.key"))));
    }
}
