using System.Tests;
using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Xunit.Abstractions;

namespace Faults.Tests;

/// <summary>Answered 2xx means durable: it survives a kill -9 of any process at that instant.</summary>
[Collection(ServersCollection.Name)]
public sealed class NothingIsLostTests(RealServers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(1);

    [ServersFact]
    public async Task Each_referral_answered_2xx_is_at_its_region_exactly_once_whatever_was_killed_meanwhile()
    {
        output.WriteLine($"Seed {Scale.Seed}");
        await using var system = await RunningSystem.Start(servers, output, Scale.Instances);
        using var sender = new PatientSender(system.Addresses);
        await using var county = await County.Open(sender, CountyAnswers.Short);
        await county.Join(system);
        var source = new ReferralSource(sender);
        var ledger = new Ledger(system, source, county, Scale.Referrals, CountyAnswers.Short.Length);
        var kills = new KillSchedule(
            Scale.Seed,
            [.. system.Gateways, .. system.OccupationalHealth, .. system.RegionHandoff, servers.Broker, servers.Database],
            Scale.Kills, TimeSpan.FromSeconds(Scale.Referrals / (double)Scale.ReferralsPerSecond));

        await RealServers.QueuesAreOnDisk();
        await Task.WhenAll(source.Refer(Scale.Referrals, Scale.ReferralsPerSecond), kills.Run());
        var drained = await ledger.Drain(Scale.WithSlack(DrainedWithin));
        Figures.Write(output, "kills", $"seed {Scale.Seed}: {kills.Killed}; {Scale.Referrals} referrals, "
            + $"{source.Answered.Count} answered, {ledger.Lost.Count} lost, {ledger.Doubled.Count} doubled, "
            + $"{county.Repetitions} repeated to the county, {drained}");

        Assert.Empty(sender.Refusals);
        Assert.Empty(ledger.Lost);
        Assert.Empty(ledger.Doubled);
        Assert.Empty(drained.Open);
        Assert.Empty(await ledger.Differences(Client.Regions));
        Assert.Empty(await ledger.Differences(Client.OccupationalHealth));
        await system.Stop();
        Assert.Equal(0, await system.Backend.Queued());
    }
}
