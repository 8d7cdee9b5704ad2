using Fhir;
using Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TestServers;

namespace RegionHandoff.Tests.Delivery;

/// <summary>
/// What a region's user may do in the broker. Emptying its own inbox is reading it: no broker tells the two apart, and what
/// the region has not acknowledged is sent again.
/// </summary>
public sealed class RegionRightsTests : IAsyncLifetime
{
    private const string Ours = "region-handoff.outbox";

    private TestBackend backend = null!;
    private RegionAccount account = null!;
    private RunningRegionHandoff running = null!;

    public async Task InitializeAsync()
    {
        if (!TestBackend.OnServers) return;
        backend = await TestBackend.Create();
        await AmqpRegion.Clean(backend, "08", "09");
        account = await RegionAccount.Make(backend, "08");
        running = await RunningRegionHandoff.Start(backend, null, account.Settings);
        await running.AddRegion("08", AmqpRegion.Address(backend, "08"));
    }

    public async Task DisposeAsync()
    {
        if (!TestBackend.OnServers) return;
        await running.DisposeAsync();
        await account.DisposeAsync();
        await backend.DisposeAsync();
    }

    [FactOnRabbit(DisplayName =
        "A region's user can read its inbox and write its outbox, and nothing else: tried and refused by the broker")]
    public async Task A_region_can_read_its_inbox_and_write_its_outbox_and_nothing_else()
    {
        await Works();
        await using var connection = await Broker(backend.RegionHost("08")).CreateConnectionAsync();
        foreach (var (what, attempt) in Attempts)
        {
            var refusal = await Record.ExceptionAsync(async () =>
            {
                await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
                await attempt(channel);
            });
            var told = Assert.IsAssignableFrom<OperationInterruptedException>(refusal);
            Assert.True(told.ShutdownReason!.ReplyCode == 403, $"{what}: {told.ShutdownReason}");
        }

        foreach (var host in (string[])[backend.RegionHost("09"), backend.VirtualHost, "/"])
            Assert.Equal(530, (await Assert.ThrowsAnyAsync<OperationInterruptedException>(() => Open(host)))
                .ShutdownReason!.ReplyCode);
        await Works();
    }

    [FactOnRabbit]
    public async Task A_region_that_opens_ever_more_connections_is_stopped_before_others_find_no_room()
    {
        List<IConnection> connections = [];
        await Assert.ThrowsAnyAsync<OperationInterruptedException>(async () =>
        {
            while (connections.Count < 64) connections.Add(await Open(backend.RegionHost("08")));
        });
        Assert.Equal(16, connections.Count);
        await TestBackend.Administer("close_all_connections", "-p", backend.RegionHost("08"), "tests");
        foreach (var connection in connections) await connection.DisposeAsync();
        await Works();
    }

    [FactOnRabbit]
    public async Task An_account_that_is_made_again_keeps_its_password_and_one_that_serves_something_else_is_not_taken()
    {
        Assert.DoesNotContain("Password", await account.RunScript());
        await Works();
        Assert.DoesNotContain("Password", await account.RunScript(("REGION_PASSWORD", "another")));
        await Assert.ThrowsAsync<BrokerUnreachableException>(Works);

        await TestBackend.Administer("set_permissions", "-p", backend.VirtualHost, account.User, "", "", "");
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => account.RunScript());
        Assert.Contains("needs a user of its own", refusal.Message);
        await TestBackend.Administer("clear_permissions", "-p", backend.VirtualHost, account.User);
        await TestBackend.Administer("set_user_tags", account.User, "monitoring");
        refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => account.RunScript());
        Assert.Contains("has tags", refusal.Message);

        await TestBackend.Administer("delete_user", account.User);
        var password = (await account.RunScript()).Split('\n')[0].Split(' ')[^1];
        Assert.Contains("Success", await TestBackend.Administer("authenticate_user", account.User, password));
    }

    private static (string What, Func<IChannel, Task> Attempt)[] Attempts =>
    [
        ("declare a queue", channel => channel.QueueDeclareAsync("mine", true, false, false)),
        ("declare a queue that the broker names", channel => channel.QueueDeclareAsync()),
        ("declare an exchange", channel => channel.ExchangeDeclareAsync("mine", "fanout")),
        ("declare the inbox", channel => channel.QueueDeclareAsync("inbox", true, false, false)),
        ("declare the outbox", channel => channel.ExchangeDeclareAsync("outbox", "fanout", true)),
        ("delete the inbox", channel => channel.QueueDeleteAsync("inbox")),
        ("delete our queue", channel => channel.QueueDeleteAsync(Ours)),
        ("delete the outbox", channel => channel.ExchangeDeleteAsync("outbox")),
        ("empty our queue", channel => channel.QueuePurgeAsync(Ours)),
        ("take from our queue", channel => channel.BasicGetAsync(Ours, autoAck: false)),
        ("read our queue", channel => channel.BasicConsumeAsync(
            Ours, autoAck: false, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel))),
        ("bind the inbox to the outbox", channel => channel.QueueBindAsync("inbox", "outbox", "")),
        ("bind the inbox elsewhere", channel => channel.QueueBindAsync("inbox", "amq.fanout", "")),
        ("bind our queue elsewhere", channel => channel.QueueBindAsync(Ours, "amq.fanout", "")),
        ("unbind our queue", channel => channel.QueueUnbindAsync(Ours, "outbox", "")),
        ("have the outbox fed", channel => channel.ExchangeBindAsync("outbox", "amq.fanout", "")),
        ("have the outbox feed others", channel => channel.ExchangeBindAsync("amq.fanout", "outbox", "")),
        ("publish to the inbox", channel => Publish(channel, "", "inbox")),
        ("publish to our queue past the outbox", channel => Publish(channel, "", Ours)),
        ("publish to another exchange", channel => Publish(channel, "amq.fanout", "")),
        ("publish to an exchange that is not there", channel => Publish(channel, "elsewhere", "")),
    ];

    private static Task Publish(IChannel channel, string exchange, string key) =>
        channel.BasicPublishAsync(exchange, key, mandatory: true, new BasicProperties(), "{}"u8.ToArray()).AsTask();

    private ConnectionFactory Broker(string host) => TestBackend.Broker(host, account.User, account.Password);

    // What is refused shows when the connection is used.
    private async Task<IConnection> Open(string host)
    {
        var connection = await Broker(host).CreateConnectionAsync();
        await connection.CreateChannelAsync();
        return connection;
    }

    // Both go by nothing but their rights: a message is read, and the response to it written and read.
    private async Task Works()
    {
        await using var region = await AmqpRegion.Join(Broker(backend.RegionHost("08")));
        var handoff = TestMessages.Handoff(TestMessages.NewJourney(), "08");
        await running.Send<HandoffRequest>(handoff, handoff.Id!);
        await region.Respond(await region.Gets(handoff));
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is { State: "acknowledged" });
    }
}
