using System.Tests;
using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Xunit.Abstractions;

namespace Faults.Tests;

/// <summary>Nobody who refers has to wait for the broker: what is answered lies in the outbox.</summary>
[Collection(ServersCollection.Name)]
public sealed class BrokerDownTests(RealServers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(10);

    [ServersFact]
    public async Task While_the_broker_is_down_referrals_are_answered_2xx_and_arrive_when_it_is_back_without_a_restart()
    {
        await using var system = await RunningSystem.Start(servers, output);
        using var sender = new PatientSender(system.Addresses);
        await using var county = await County.Open(sender, CountyAnswers.Short);
        await county.Join(system);
        var source = new ReferralSource(sender);
        var referrals = (int)(Scale.ReferralsPerSecond * Scale.BrokerDown.TotalSeconds);
        var ledger = new Ledger(system, source, county, referrals, CountyAnswers.Short.Length);
        var processes = system.All.Select(process => process.Id).ToList();

        await RealServers.QueuesAreOnDisk();
        await servers.Broker.Kill();
        try
        {
            await source.Refer(referrals, Scale.ReferralsPerSecond);
        }
        finally
        {
            await servers.Broker.Revive();
        }

        var (meanwhile, atCounty) = (source.Answered.Count, county.Effects.Count);
        var drained = await ledger.Drain(Scale.WithSlack(DrainedWithin));
        Figures.Write(output, "broker down", $"{Figures.Seconds(Scale.BrokerDown)}: {meanwhile} of {referrals} referrals "
            + $"answered meanwhile, the longest in {Figures.Seconds(sender.Longest)}; then {drained}");

        Assert.Equal(referrals, meanwhile);
        Assert.Equal(0, atCounty);
        Assert.Empty(sender.Retried);
        Assert.InRange(sender.Longest, TimeSpan.Zero, AnsweredWithin);
        Assert.Empty(drained.Open);
        Assert.Empty(await ledger.Differences(Client.OccupationalHealth));
        Assert.Equal(processes, system.All.Where(process => process.Runs).Select(process => process.Id));
    }
}
