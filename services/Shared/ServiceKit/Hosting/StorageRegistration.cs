using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceKit.Settings;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

internal static class StorageRegistration
{
    public static void AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<StorageOptions>(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new StorageSecrets(new NoSeal(), options.IndexKeys()));
    }
}
