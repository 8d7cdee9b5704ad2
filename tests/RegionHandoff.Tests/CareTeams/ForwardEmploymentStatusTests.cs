using Fhir.Json;
using Messages;

namespace RegionHandoff.Tests.CareTeams;

public sealed class ForwardEmploymentStatusTests
{
    [Fact]
    public async Task A_change_of_employment_status_reaches_the_region_of_the_care_team_as_it_was_sent()
    {
        await using var region = await RealRegion.Start();
        await using var running = await RunningRegionHandoff.Start();
        await running.AddRegion("08", region.Address);
        var (message, body) = Make("08");
        for (var i = 0; i < 3; i++) await running.Publish<EmploymentStatusForCareTeam>(body);
        await RunningRegionHandoff.Until(async () => await running.Delivery(message) is { State: "acknowledged" });
        Assert.Equal(body, Assert.Single(region.Bodies));
    }

    [Fact]
    public async Task That_a_person_is_coached_is_never_reported_to_occupational_health()
    {
        await using var running = await RunningRegionHandoff.Start();
        var (message, body) = Make("21");
        await running.Publish<EmploymentStatusForCareTeam>(body);
        await RunningRegionHandoff.Until(async () => await running.Delivery(message) is { State: "undelivered" });
        await Task.Delay(300);
        Assert.Empty(running.Received.Reports);
        Assert.Single((await running.Get<Fhir.Parameters>("$undelivered")).Parameter);
    }

    private static (Fhir.Bundle Message, byte[] Body) Make(string region)
    {
        var message = TestMessages.EmploymentStatus(region);
        JourneyPosition.Set(
            message.MessageHeader(), new JourneyPosition(ServiceNames.IpsCoaching, TestMessages.NewJourney(), 1));
        return (message, FhirJson.Write(message));
    }
}
