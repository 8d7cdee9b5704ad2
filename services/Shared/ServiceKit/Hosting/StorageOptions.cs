using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>Where a service keeps its data: the configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The folder with one SQLite file for each service, and the key of the index hashes.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>Opens the database of one service.</summary>
    public DatabaseEngine Engine(string service) => new SqliteEngine(Path.Combine(Folder, $"{service}.db"));
}

internal static class StorageRegistration
{
    public static void AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(StorageOptions))) return;
        var options = configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        if (options.Folder.Length == 0)
            throw new InvalidOperationException("Storage:Folder is empty: give the folder that keeps the databases.");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => new StorageSecrets(
            new NoSeal(), IndexKeys.FromFile(Path.Combine(options.Folder, "index.key"))));
    }
}
