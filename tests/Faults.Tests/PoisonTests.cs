using Faults.Tests.Parties;
using Faults.Tests.Servers;
using FaultyService;
using Messages;
using Xunit.Abstractions;

namespace Faults.Tests;

/// <summary>A message that cannot be handled harms nobody but itself, even when it takes the process with it.</summary>
[Collection(ServersCollection.Name)]
public sealed class PoisonTests(RealServers servers, ITestOutputHelper output) : IDisposable
{
    // Each is the first of its journey: an innocent one waits behind it.
    private const int All = 1000, Good = All - 2, Throwing = 400, Crashing = 600, MostAttempts = 3;
    private static readonly TimeSpan ArrivedWithin = TimeSpan.FromMinutes(1);

    private readonly string attempts = Path.GetTempFileName();

    public void Dispose() => File.Delete(attempts);

    [ServersFact]
    public async Task Of_1000_messages_998_arrive_and_only_the_throwing_and_the_crashing_one_are_parked()
    {
        await using var processes = new ProcessGroup(await servers.NewBackend(), output);
        processes.Service("OccupationalHealth", "OccupationalHealth.dll");
        var faulty = processes.Service("FaultyService", "FaultyService.dll", $"--Faulty:Attempts={attempts}");
        await processes.Start();
        using var done = new CancellationTokenSource();
        var restarts = KeepAlive(faulty, done.Token);

        var ids = await FilledOutbox.With(processes.Backend, All, number => number switch
        {
            Throwing => RecordHandoff.Throw,
            Crashing => RecordHandoff.Crash,
            _ => null,
        });
        var since = Stopwatch.GetTimestamp();
        var arrived = await Reached(
            processes.Backend, Good, "select count(distinct bundle_id) from effect", since);
        var took = Stopwatch.GetElapsedTime(since);
        await Reached(processes.Backend, 2, "select count(*) from inbox where state = 'parked'", since);
        await done.CancelAsync();
        var parked = await processes.Backend.Texts(ServiceNames.RegionHandoff,
            "select bundle_id || ' ' || coalesce(reason, '') from inbox where state = 'parked'");
        Figures.Write(output, "poison", $"{arrived} of {Good} good ones arrived in {Figures.Seconds(took)}, "
            + $"{await restarts} restarts, {parked.Count} parked");

        Assert.Equal(Good, arrived);
        Assert.Equal(Good, await processes.Backend.Count(ServiceNames.RegionHandoff, "select count(*) from effect"));
        Assert.Equal(2, parked.Count);
        Assert.Contains($"{ids[Throwing]} InvalidOperationException", parked);
        Assert.Contains(parked, row => row.StartsWith(ids[Crashing] + " ", StringComparison.Ordinal) && row[^1] != ' ');
        var tried = await File.ReadAllLinesAsync(attempts);
        Assert.InRange(tried.Count(line => line == RecordHandoff.Throw), 1, MostAttempts);
        Assert.InRange(tried.Count(line => line == RecordHandoff.Crash), 1, MostAttempts);
    }

    private static async Task<int> KeepAlive(ServiceProcess process, CancellationToken stop)
    {
        for (var restarts = 0; ;)
        {
            await Task.Delay(100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return restarts;
            if (process.Runs) continue;
            restarts++;
            await process.Revive();
        }
    }

    private static async Task<long> Reached(Backend backend, int expected, string sql, long since)
    {
        while (true)
        {
            var count = await backend.Count(ServiceNames.RegionHandoff, sql);
            if (count >= expected || Stopwatch.GetElapsedTime(since) > Scale.WithSlack(ArrivedWithin)) return count;
            await Task.Delay(250);
        }
    }
}
