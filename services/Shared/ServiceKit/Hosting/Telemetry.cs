using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RabbitMQ.Client;
using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>
/// Traces and metrics over OTLP, when <c>Telemetry:Endpoint</c> names a collector. Only the runtime's own sources are
/// used; they carry routes, never query strings or bodies.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] TraceSources =
    [
        "Microsoft.AspNetCore", "System.Net.Http", RabbitMQActivitySource.PublisherSourceName,
        RabbitMQActivitySource.SubscriberSourceName,
    ];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<TelemetryOptions>(configuration);
        if (options.Address is { } endpoint) services.AddHostedService(_ => new Exporter(endpoint));
    }

    private sealed class Exporter(Uri endpoint) : IHostedService
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("occupational-mental-health");
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TraceSources)
                .AddOtlpExporter(options => options.Endpoint = endpoint).Build();
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
                .AddOtlpExporter(options => options.Endpoint = endpoint).Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces?.Dispose();
            metrics?.Dispose();
            return Task.CompletedTask;
        }
    }
}
