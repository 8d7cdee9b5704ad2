using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Messaging;

/// <summary>What a process does, and says in its log, when its broker goes and comes.</summary>
public sealed class BrokerReaderTests
{
    private const string Away = "The broker is away", Back = "The broker is back";
    private readonly LogCapture log = new();

    [Fact]
    public async Task While_the_broker_is_away_the_log_hears_of_it_once_a_minute()
    {
        var time = new ManualTime();
        await using var backend = await TestBackend.Create();
        var settings = new Dictionary<string, string>(backend.Settings)
        {
            ["Bus:Host"] = "127.0.0.1", ["Bus:Port"] = "1", ["Bus:User"] = "omh", ["Bus:Password"] = "secret",
        };
        await using var services = await RunningServices.Start(backend, time, log: log, settings: settings);
        await RunningServices.Until(() => Task.FromResult(Lines(Away) == 1));
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(1, Lines(Away));
        time.Advance(TimeSpan.FromSeconds(61));
        await RunningServices.Until(() => Task.FromResult(Lines(Away) == 2));
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(2, Lines(Away));
        Assert.Equal(0, Lines(Back));
    }

    [FactOnRabbit]
    public async Task A_process_whose_connections_the_broker_closes_reads_on_and_says_so_once()
    {
        await using var backend = await TestBackend.Create();
        await using var services = await RunningServices.Start(backend, log: log);
        await IsReady(services);
        Assert.Equal(0, Lines(Away));
        Assert.Equal(0, Lines(Back));

        await TestBackend.Administer("close_all_connections", "--vhost", backend.VirtualHost, "as the test asked");
        await RunningServices.Until(() => Task.FromResult(Lines(Back) == 1));
        await services.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));

        await RunningServices.Until(async () => await Done(services) == 1);
        await IsReady(services);
        Assert.Equal(1, Lines(Away));
        Assert.Equal(1, Lines(Back));
    }

    [FactOnRabbit]
    public async Task What_is_in_hand_when_the_broker_closes_the_connection_is_handled_once()
    {
        var behaviour = new Behaviour { BusHandlingTakes = TimeSpan.FromSeconds(3) };
        await using var backend = await TestBackend.Create();
        await using var services = await RunningServices.Start(backend, behaviour: behaviour, log: log);
        await services.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));
        await RunningServices.Until(() => Task.FromResult(!behaviour.Handled.IsEmpty));

        await TestBackend.Administer("close_all_connections", "--vhost", backend.VirtualHost, "as the test asked");

        await RunningServices.Until(() => Task.FromResult(Lines(Back) == 1));
        await RunningServices.Until(async () => await Done(services) == 1);
        Assert.Single(behaviour.Handled);
        await RunningServices.Until(async () => (await Waiting(backend)) == 0);
    }

    private int Lines(string start) => log.Lines.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    private static Task IsReady(RunningServices services) => RunningServices.Until(async () =>
        (await services.Client.GetAsync("/health/ready")).IsSuccessStatusCode);

    private static Task<long> Done(RunningServices services) => services.Receiver.Read(
        session => session.First<long>("select count(*) from inbox where state = 'done'"), CancellationToken.None);

    // What the broker still has to give, or waits to be told of.
    private static async Task<long> Waiting(TestBackend backend)
    {
        var lines = await TestBackend.Administer("list_queues", "-p", backend.VirtualHost, "messages", "--no-table-headers");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => long.Parse(line.Trim()));
    }
}
