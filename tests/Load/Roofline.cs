using System.Collections.Concurrent;
using System.Tests;
using Faults.Tests.Servers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Load;

/// <summary>A handoff without any FHIR work, as the roofline sends it.</summary>
public sealed record BareHandoff(string Id, string Body);

/// <summary>Its answer.</summary>
public sealed record BareAnswer(string Id);

/// <summary>
/// What database, broker and bus can do at the best: commit what is sent, publish 20 kB, commit what is taken, answer, commit
/// that. The same quorum queues, confirms and limits as the services use, under MassTransit, in one process, and nothing else.
/// </summary>
internal static class Roofline
{
    private const int BodyBytes = 20_000, WarmUp = 200;

    // The text that the journeys carry: nobody wins by the content.
    private static readonly string Body = (Examples.Text("03-") + Examples.Text("04-"))[..BodyBytes];

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Open = new();

    public static async Task<Measured> Run(
        Backend backend, IHandoffRows rows, CpuMeter meter, int count, int atOnce)
    {
        using var host = Build(backend, rows);
        await host.StartAsync();
        var bus = host.Services.GetRequiredService<IBus>();
        await Measured.Many(WarmUp, atOnce, _ => Handoff(rows, bus));
        var measured = await Measured.Many(count, atOnce, _ => Handoff(rows, bus), meter);
        await host.StopAsync();
        return measured;
    }

    private static async Task Handoff(IHandoffRows rows, IBus bus)
    {
        var id = Guid.CreateVersion7().ToString();
        var done = Open[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await rows.Send(id, Body);
        await bus.Publish(new BareHandoff(id, Body));
        await done.Task;
    }

    private static IHost Build(Backend backend, IHandoffRows rows)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(rows);
        // What is published before the queues are bound would be lost.
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<TakeHandoff>();
            bus.AddConsumer<TakeAnswer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host("127.0.0.1", (ushort)backend.RabbitPort, backend.VirtualHost, host =>
                {
                    host.Username("guest");
                    host.Password("guest");
                    host.PublisherConfirmation = true;
                });
                rabbit.UseRawJsonSerializer(RawSerializerOptions.All, isDefault: true);
                Endpoint<TakeHandoff>(rabbit, context, "roofline-handoff");
                Endpoint<TakeAnswer>(rabbit, context, "roofline-answer");
            });
        });
        return builder.Build();
    }

    private static void Endpoint<T>(
        IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, string queue)
        where T : class, IConsumer => rabbit.ReceiveEndpoint(queue, endpoint =>
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 64;
        endpoint.ConcurrentMessageLimit = 16;
        endpoint.ConfigureConsumer<T>(context);
    });

    private sealed class TakeHandoff(IHandoffRows rows) : IConsumer<BareHandoff>
    {
        public async Task Consume(ConsumeContext<BareHandoff> context)
        {
            await rows.Take(context.Message.Id, context.Message.Body);
            await context.Publish(new BareAnswer(context.Message.Id));
        }
    }

    private sealed class TakeAnswer(IHandoffRows rows) : IConsumer<BareAnswer>
    {
        public async Task Consume(ConsumeContext<BareAnswer> context)
        {
            await rows.Settle(context.Message.Id);
            if (Open.TryRemove(context.Message.Id, out var done)) done.TrySetResult();
        }
    }
}
