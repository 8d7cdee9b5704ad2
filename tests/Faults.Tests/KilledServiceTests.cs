using System.Tests;
using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Messages;
using Xunit.Abstractions;

namespace Faults.Tests;

/// <summary>Each process alone may die under load: it is back soon, and nobody hangs meanwhile.</summary>
[Collection(ServersCollection.Name)]
public sealed class KilledServiceTests(RealServers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(2), BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(1);

    /// <summary>Referrals and messages that may be on their way at any time: what two seconds bring.</summary>
    private static readonly int Usual = 4 * Scale.ReferralsPerSecond;

    [ServersFact]
    public async Task Each_service_killed_under_load_is_ready_soon_and_meanwhile_the_gateway_refuses_at_once()
    {
        await using var system = await RunningSystem.Start(servers, output);
        using var sender = new PatientSender(system.Addresses);
        await using var county = await County.Open(sender, CountyAnswers.Short);
        await county.Join(system);
        var referrals = new ReferralSource(sender);
        var coaching = new ReferralSource(sender, "09-", Client.Ips);
        using var enough = new CancellationTokenSource();
        var load = Task.WhenAll(
            referrals.Refer(int.MaxValue, Scale.ReferralsPerSecond, enough.Token),
            coaching.Refer(int.MaxValue, Scale.ReferralsPerSecond, enough.Token));
        for (var round = 0; round < Scale.Rounds; round++)
        {
            foreach (var (victim, root) in Victims(system))
            {
                await CaughtUp(system, referrals, coaching);
                await Kill(system, victim, root);
            }
        }

        await enough.CancelAsync();
        await load;
        var ledger = new Ledger(system, referrals, county, referrals.Sent, CountyAnswers.Short.Length);
        var drained = await ledger.Drain(Scale.WithSlack(DrainedWithin));
        Figures.Write(output, "service killed", $"{referrals.Sent} referrals, {ledger.Lost.Count} lost, "
            + $"{ledger.Doubled.Count} doubled, longest answer {Figures.Seconds(sender.Longest)}, "
            + $"{drained}");
        Assert.Empty(drained.Open);
        Assert.Empty(ledger.Doubled);
        Assert.Empty(sender.Refusals);
        Assert.Equal(coaching.Sent, coaching.Answered.Count);
    }

    private static (ServiceProcess Victim, string Root)[] Victims(RunningSystem system) =>
    [
        (system.OccupationalHealth[0], Client.OccupationalHealth), (system.IpsCoaching[0], Client.Ips),
        (system.RegionHandoff[0], Client.Regions), (system.Gateways[0], Client.Regions),
    ];

    /// <summary>
    /// Waits until no more is on its way than the load itself explains: a process that starts while another one still
    /// makes up for its own absence would show how fast the machine is, not how soon it is back by itself.
    /// </summary>
    private static async Task CaughtUp(RunningSystem system, params ReferralSource[] sources)
    {
        var since = Stopwatch.GetTimestamp();
        while (sources.Sum(source => source.Sent - source.Answered.Count) > Usual || await Waiting(system) > Usual)
        {
            var waited = Stopwatch.GetElapsedTime(since);
            Assert.InRange(waited, TimeSpan.Zero, Scale.WithSlack(DrainedWithin));
            await Task.Delay(Down);
        }
    }

    private static async Task<long> Waiting(RunningSystem system)
    {
        const string Unhandled =
            "select (select count(*) from inbox where state <> 'done') + (select count(*) from outbox where state = 0)";
        return await system.Backend.Count(ServiceNames.OccupationalHealth, Unhandled)
            + await system.Backend.Count(ServiceNames.IpsCoaching, Unhandled)
            + await system.Backend.Count(ServiceNames.RegionHandoff, Unhandled)
            + await system.Backend.Queued();
    }

    private async Task Kill(RunningSystem system, ServiceProcess victim, string root)
    {
        await using var visitor = new Visitor(system.Addresses[0] + root);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await victim.Kill();
        await Task.Delay(Down);
        var since = Stopwatch.GetTimestamp();
        await victim.Revive();
        while (visitor.All.Last().Status != 200 && Stopwatch.GetElapsedTime(since) < Scale.WithSlack(ReadyWithin))
            await Task.Delay(BetweenLooks);
        var ready = Stopwatch.GetElapsedTime(since);

        var visits = visitor.All.ToList();
        var refused = visits.Where(visit => visit.Status is not (0 or 200)).ToList();
        Figures.Write(output, "service killed", $"{victim.Name} ready in {Figures.Seconds(ready)}, "
            + $"{refused.Count} visitors refused, none waited longer than {Figures.Seconds(visits.Max(visit => visit.Took))}");
        Assert.InRange(ready, TimeSpan.Zero, Scale.WithSlack(ReadyWithin));
        Assert.All(visits, visit => Assert.InRange(visit.Took, TimeSpan.Zero, AnsweredWithin));
        Assert.Equal(200, visits[^1].Status);
        Assert.Equal(system.Gateways.Contains(victim), refused.Count == 0);
        Assert.All(refused, visit => Assert.True(visit is { Status: 502 or 503, Resource: "OperationOutcome" }, $"{visit}"));
    }
}
