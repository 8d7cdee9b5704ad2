using System.Collections.Concurrent;
using System.Tests;
using System.Text;
using Faults.Tests.Servers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Load;

/// <summary>A handoff without any FHIR work, as the roofline sends it.</summary>
public sealed record BareHandoff(string Id, string Body);

/// <summary>Its answer.</summary>
public sealed record BareAnswer(string Id);

/// <summary>
/// What database, broker and bus can do at the best: commit 20 kB, publish, commit 20 kB, answer, commit a status. The
/// same quorum queues, confirms and limits as the services use, under MassTransit, in one process, and nothing else.
/// </summary>
internal static class Roofline
{
    private const int BodyBytes = 20_000, WarmUp = 200;

    // The text that the journeys carry: nobody wins by the content.
    private static readonly string Body = (Examples.Text("03-") + Examples.Text("04-"))[..BodyBytes];

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Open = new();

    public static async Task<Measured> Run(Backend backend, CpuMeter meter, int count, int atOnce)
    {
        await using var database = NpgsqlDataSource.Create(
            backend.ConnectionString(backend.DatabaseOf("ips-coaching")) + ";Maximum Pool Size=50;Max Auto Prepare=20");
        await Execute(database, "create table sent (id text primary key, state bigint not null, body bytea not null)");
        await Execute(database, "create table taken (id text primary key, body bytea not null)");
        using var host = Build(backend, database);
        await host.StartAsync();
        var bus = host.Services.GetRequiredService<IBus>();
        await Measured.Many(WarmUp, atOnce, _ => Handoff(database, bus));
        var measured = await Measured.Many(count, atOnce, _ => Handoff(database, bus), meter);
        await host.StopAsync();
        return measured;
    }

    private static async Task Handoff(NpgsqlDataSource database, IBus bus)
    {
        var id = Guid.CreateVersion7().ToString();
        var done = Open[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Execute(
            database, "insert into sent (id, state, body) values ($1, 0, $2)", id, Encoding.UTF8.GetBytes(Body));
        await bus.Publish(new BareHandoff(id, Body));
        await done.Task;
    }

    private static async Task Execute(NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }

    private static IHost Build(Backend backend, NpgsqlDataSource database)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(database);
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

    private sealed class TakeHandoff(NpgsqlDataSource database) : IConsumer<BareHandoff>
    {
        public async Task Consume(ConsumeContext<BareHandoff> context)
        {
            await Execute(database, "insert into taken (id, body) values ($1, $2)", context.Message.Id,
                Encoding.UTF8.GetBytes(context.Message.Body));
            await context.Publish(new BareAnswer(context.Message.Id));
        }
    }

    private sealed class TakeAnswer(NpgsqlDataSource database) : IConsumer<BareAnswer>
    {
        public async Task Consume(ConsumeContext<BareAnswer> context)
        {
            await Execute(database, "update sent set state = 1 where id = $1", context.Message.Id);
            if (Open.TryRemove(context.Message.Id, out var done)) done.TrySetResult();
        }
    }
}
