using Messages;
using Microsoft.Extensions.Logging.Abstractions;
using RegionHandoff.SimulatedRegion;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.SimulatedRegion;

public sealed class RegionSimulatorTests
{
    [Fact]
    public async Task A_played_region_leads_handoffs_from_mailbox_and_endpoint_to_their_end_and_leaves_others_alone()
    {
        const string Listen = "http://127.0.0.1:18099";
        await using var real = await RealRegion.Start();
        await using var running = await RunningRegionHandoff.Start();
        await running.AddRegion("08", Listen + "/fhir");
        await running.AddRegion("09", "mailbox");
        await running.AddRegion("15", real.Address);
        using var client = RunningRegionHandoff.NewClient();
        using var simulator = new RegionSimulator(
            client,
            new SimulatedRegionOptions
            {
                Gateway = running.Address, Listen = Listen, Step = TimeSpan.FromMilliseconds(200),
                Look = TimeSpan.FromMilliseconds(50),
            },
            TimeProvider.System, NullLogger<RegionSimulator>.Instance);
        await simulator.StartAsync(default);
        var journeys = new[] { "08", "09", "15" }.ToDictionary(region => region, _ => TestMessages.NewJourney());
        foreach (var (region, journey) in journeys)
            await running.Send<HandoffRequest>(TestMessages.Handoff(journey, region), journey);

        foreach (var region in (string[])["08", "09"])
            await RunningRegionHandoff.Until(
                async () => (await running.Handoff(journeys[region]))?.Status == TaskStatus.Completed);
        await RunningRegionHandoff.Until(() => real.Taken.Count == 1);
        Assert.Equal(TaskStatus.Requested, (await running.Handoff(journeys["15"]))!.Status);
        Assert.Empty(await running.Mailbox("09"));
        await RunningRegionHandoff.Until(() => running.Received.Responses.Count == 6);
        await simulator.StopAsync(default);
    }

    [Fact]
    public async Task Nothing_is_played_unless_it_is_switched_on()
    {
        await using var running = await RunningRegionHandoff.Start();
        Assert.DoesNotContain(
            running.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>(),
            service => service is RegionSimulator);
    }
}
