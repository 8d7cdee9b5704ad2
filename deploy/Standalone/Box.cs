using Gateway;
using Gateway.Authorization;
using IpsCoaching;
using Microsoft.Extensions.Options;
using OccupationalHealth;
using RegionHandoff;
using RegionHandoff.SimulatedRegion;
using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace Standalone;

/// <summary>
/// The whole system in one process, as two applications: the gateway, and one container with all services, which listens
/// on a Unix socket only, so that nothing gets past the gateway.
/// </summary>
public sealed class Box : IAsyncDisposable
{
    private readonly WebApplication services;
    private readonly WebApplication gateway;
    private readonly DirectoryInfo socketFolder;

    private Box(WebApplication services, WebApplication gateway, DirectoryInfo socketFolder) =>
        (this.services, this.gateway, this.socketFolder) = (services, gateway, socketFolder);

    /// <summary>The gateway's address.</summary>
    public string Address => gateway.Urls.First().TrimEnd('/');

    /// <summary>The container of the services.</summary>
    public IServiceProvider Services => services.Services;

    /// <summary>Ends when the process is told to stop.</summary>
    public Task Stopped => gateway.WaitForShutdownAsync();

    /// <summary>Starts everything, with the sample data when the data folder is new.</summary>
    public static async Task<Box> Start(StandaloneOptions options, Action<IServiceCollection>? adjust = null)
    {
        // The folder is readable by its owner only, and so is the socket in it.
        var socketFolder = Directory.CreateTempSubdirectory("omh-");
        var socket = Path.Combine(socketFolder.FullName, "services.sock");
        var services = BuildServices(options, socket, adjust);
        var gateway = BuildGateway(options, socket);
        await services.StartAsync();
        await gateway.StartAsync();
        var box = new Box(services, gateway, socketFolder);
        // Known only now: the address may ask for any free port.
        if (services.Services.GetService<SimulatedRegionOptions>() is { } region) region.Gateway = box.Address;
        return box;
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.StopAsync();
        await services.StopAsync();
        await gateway.DisposeAsync();
        await services.DisposeAsync();
        socketFolder.Delete(recursive: true);
    }

    private static WebApplication BuildServices(
        StandaloneOptions options, string socket, Action<IServiceCollection>? adjust)
    {
        var builder = NewBuilder(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        builder.Configuration["Storage:Folder"] = options.DataFolder;
        builder.Configuration["Samples:Folder"] ??= Path.Combine(AppContext.BaseDirectory, "SampleData");
        if (options.SimulateRegion) builder.Configuration["SimulatedRegion:Enabled"] = "true";
        builder.Services.AddOccupationalHealth(builder.Configuration);
        builder.Services.AddIpsCoaching(builder.Configuration);
        builder.Services.AddRegionHandoff(builder.Configuration);
        builder.AddServiceHost();
        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseServiceHost();
        app.MapOccupationalHealth();
        app.MapIpsCoaching();
        app.MapRegionHandoff();
        return app;
    }

    private static WebApplication BuildGateway(StandaloneOptions options, string socket)
    {
        var builder = NewBuilder(options);
        builder.Configuration["Urls"] = options.Urls;
        builder.Configuration["Gateway:UnixSocket"] = socket;
        builder.Configuration["Authorization:Folder"] ??= options.DataFolder;
        var app = builder.AddGateway().Build().MapGateway();
        // It comes in by the front door, like any county, and has no key of its own.
        if (options.SimulateRegion && !app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.IsOpen)
            throw new SettingsException(["--simulate-region works with open access only; leave it out, "
                + "or register no client under Authorization:Clients."]);
        return app;
    }

    // Settings come from the environment and the command line; there is no settings file to be found by accident.
    private static WebApplicationBuilder NewBuilder(StandaloneOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory, Args = [.. options.Settings],
        });
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        return builder;
    }
}
