using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>What every process that runs services has: the bus, errors, health, telemetry.</summary>
public static class ServiceHost
{
    /// <summary>
    /// Registers the bus with the queues of the services that run in this process; these are registered before.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="consumers">Registers the queues with the bus in memory; a broker's are known from the services.</param>
    /// <exception cref="SettingsException">When settings cannot be followed: all faults of all sections.</exception>
    public static WebApplicationBuilder AddServiceHost(
        this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> consumers)
    {
        // At Information these write whole query strings.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // At any level this puts the path of a request on every line that is logged meanwhile.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);
        builder.WebHost.ConfigureKestrelLimits(builder.Services.AddSettings<LimitOptions>(builder.Configuration));
        var options = builder.Services.AddSettings<BusOptions>(builder.Configuration);
        if (options.InMemory)
        {
            builder.Services.AddSingleton<IBusSender, InMemorySender>();
            builder.Services.AddSingleton<IServiceProbe, InMemoryProbe>();
            builder.Services.AddMassTransit(bus =>
            {
                // It would tell its makers which features are in use here.
                bus.DisableUsageTelemetry();
                consumers(bus);
                bus.UsingInMemory((context, transport) =>
                {
                    var serializer = new FhirBusSerializer();
                    transport.ClearSerialization();
                    transport.AddSerializer(serializer);
                    transport.AddDeserializer(serializer, isDefault: true);
                    transport.ConfigureEndpoints(context);
                });
            });
            builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        }
        else
        {
            // A broker that is away must not keep requests out: they wait in the outbox.
            builder.Services.AddSingleton<IBusSender, BrokerSender>();
            builder.Services.AddSingleton<BrokerReader>();
            builder.Services.AddSingleton<IServiceProbe>(provider => provider.GetRequiredService<BrokerReader>());
            builder.Services.AddHostedService(provider => provider.GetRequiredService<BrokerReader>());
        }

        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.CheckSettings();
        return builder;
    }

    /// <summary>Errors as OperationOutcomes, request ids, liveness and readiness.</summary>
    public static WebApplication UseServiceHost(this WebApplication app)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<FhirErrors>();
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/serving", Readiness.Serving);
        app.MapGet("/health/ready", Readiness.Ready);
        return app;
    }
}

internal sealed class InMemoryProbe(IBusControl bus) : IServiceProbe
{
    public string Name => "bus";

    public bool IsNeededToServe => false;

    public Task<bool> IsReady(CancellationToken cancel) =>
        Task.FromResult(bus.CheckHealth().Status == BusHealthStatus.Healthy);
}
