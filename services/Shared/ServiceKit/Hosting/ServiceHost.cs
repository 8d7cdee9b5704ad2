using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
    /// <exception cref="SettingsException">When settings cannot be followed: all faults of all sections.</exception>
    public static WebApplicationBuilder AddServiceHost(this WebApplicationBuilder builder)
    {
        // At Information these write whole query strings.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // At any level this puts the path of a request on every line that is logged meanwhile.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.WebHost.ConfigureKestrelLimits(builder.Services.AddSettings<LimitOptions>(builder.Configuration));
        var options = builder.Services.AddSettings<BusOptions>(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        if (options.InMemory)
        {
            builder.Services.AddSingleton<InMemoryBus>();
            builder.Services.AddSingleton<IBusSender>(provider => provider.GetRequiredService<InMemoryBus>());
            builder.Services.AddHostedService(provider => provider.GetRequiredService<InMemoryBus>());
        }
        else
        {
            // A broker that is away must not keep requests out: they wait in the outbox.
            builder.Services.AddSingleton<BrokerSender>();
            builder.Services.AddSingleton<IBusSender>(provider => provider.GetRequiredService<BrokerSender>());
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
