using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>One service in a process of its own, beside the other services and other instances of it.</summary>
public static class ServiceProcess
{
    /// <summary>
    /// Runs a service, given by its two parts, until it is told to stop. Returns 2 when its settings cannot be followed, with
    /// each fault on a line of the error output.
    /// </summary>
    /// <param name="args">The command line: settings, as <c>--Section:Key=VALUE</c>.</param>
    /// <param name="port">Where it listens, on this machine only, unless <c>Urls</c> says otherwise.</param>
    public static int Run(
        string[] args, int port, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        try
        {
            // Settings files are looked for beside the program, never where somebody happens to start it.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = args, ContentRootPath = AppContext.BaseDirectory,
            });
            ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
            {
                InitialData = [new("Urls", $"http://localhost:{port}")],
            });
            AddTo(builder, add);
            var app = builder.Build();
            app.UseServiceHost();
            map(app);
            app.Run();
            return 0;
        }
        catch (SettingsException wrong)
        {
            foreach (var fault in wrong.Faults) Console.Error.WriteLine(fault);
            return 2;
        }
    }

    /// <summary>Registers a service and all that its process needs.</summary>
    /// <exception cref="SettingsException">When settings cannot be followed: all faults of all sections.</exception>
    public static void AddTo(WebApplicationBuilder builder, Action<WebApplicationBuilder> add)
    {
        add(builder);
        builder.Services.AddSingleton(new SettingsFaults([.. Missing(
            builder.Services.AddSettings<BusOptions>(builder.Configuration),
            builder.Services.AddSettings<StorageOptions>(builder.Configuration))]));
        builder.AddServiceHost();
    }

    private static IEnumerable<string> Missing(BusOptions bus, StorageOptions storage)
    {
        const string OneProcess = "or run all services in one process with deploy/Standalone.";
        if (bus.InMemory)
            yield return "Bus:Host is empty, and a bus in memory does not reach the other services' processes: "
                + $"give the RabbitMQ host, as Bus__Host=rabbit.example, {OneProcess}";
        if (storage.PostgreSql.Length == 0)
            yield return "Storage:PostgreSql is empty, and instances of a service share one database: "
                + $"give a connection string, such as {StorageOptions.Example}, {OneProcess}";
        if (storage.IndexKeyFile.Length == 0)
            yield return "Storage:IndexKeyFile is empty, and instances of a service share one key: make it once "
                + "with 'openssl rand -out index.key 32' and give its path to each of them.";
    }
}
