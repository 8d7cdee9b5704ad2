using System.Tests;
using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Xunit.Abstractions;
using TaskStatus = Fhir.TaskStatus;

namespace Faults.Tests;

/// <summary>What happened to a person one after the other is told one after the other, however many processes tell it.</summary>
[Collection(ServersCollection.Name)]
public sealed class OrderTests(RealServers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromMinutes(1);

    [ServersFact]
    public async Task Ten_updates_of_each_journey_through_two_of_everything_end_in_order_though_one_of_two_is_killed()
    {
        await using var system = await RunningSystem.Start(servers, output, instances: 2);
        using var sender = new PatientSender(system.Addresses);
        await using var county = await County.Open(sender, CountyAnswers.Long);
        await county.Join(system);
        var source = new ReferralSource(sender);
        var updates = CountyAnswers.Long.Length;
        var ledger = new Ledger(system, source, county, Scale.Journeys, updates);

        await source.Refer(Scale.Journeys, Scale.ReferralsPerSecond);
        await Half(() => county.Answers, Scale.Journeys * updates);
        var killedAt = county.Answers;
        await system.RegionHandoff[0].Kill();
        await system.OccupationalHealth[0].Kill();
        var drained = await ledger.Drain(Scale.WithSlack(DrainedWithin));
        Figures.Write(output, "order", $"{Scale.Journeys} journeys of {updates} updates, one of two killed after "
            + $"{killedAt}; {drained}");

        Assert.Empty(drained.Open);
        Assert.InRange(killedAt, 1, Scale.Journeys * updates - 1);
        using var client = new Client(system.Addresses[1]);
        TaskStatus[] inOrder = [TaskStatus.Requested, .. CountyAnswers.Long];
        foreach (var referral in source.Answered)
            Assert.Equal(inOrder, await Ledger.History(client, referral));
    }

    private static async Task Half(Func<int> reached, int all)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (reached() < all / 2) await Task.Delay(20, patience.Token);
    }
}
