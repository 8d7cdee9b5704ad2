using Fhir;
using RegionHandoff.Delivery;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Tests.Delivery;

public sealed class DeliveryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly DeliveryOptions Options = new()
    {
        FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(5),
    };

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(6, 160)]
    [InlineData(7, 300)]
    [InlineData(1_000_000, 300)]
    public void Pauses_double_up_to_the_longest(long attempt, int seconds) => Assert.Equal(
        new AfterAttempt.TryAgain(Now.AddSeconds(seconds)),
        DeliveryPolicy.Decide(new RegionAnswer.NotNow(null), attempt, Now, Options));

    [Fact]
    public void A_region_that_asks_for_a_longer_pause_gets_it() => Assert.Equal(
        new AfterAttempt.TryAgain(Now.AddMinutes(10)),
        DeliveryPolicy.Decide(new RegionAnswer.NotNow(TimeSpan.FromMinutes(10)), 1, Now, Options));

    [Theory]
    [InlineData(false, 0, 30)]
    [InlineData(false, 1, 30)]
    [InlineData(false, 2, null)]
    [InlineData(true, 0, null)]
    public void After_a_deadline_it_is_sent_again_twice_and_an_emergency_never(
        bool urgent, long sentAgain, int? minutes)
    {
        AfterDeadline expected = minutes is null
            ? new AfterDeadline.Report()
            : new AfterDeadline.SendAgain(Now.AddMinutes(minutes.Value));
        Assert.Equal(expected, DeliveryPolicy.Decide(DeliveryRules.On(Now), urgent, sentAgain, Now));
    }

    [Fact]
    public void The_rules_name_their_sources_and_hold_on_every_day()
    {
        foreach (var day in (DateTimeOffset[])[DateTimeOffset.UnixEpoch, Now, Now.AddYears(50)])
        {
            var rules = DeliveryRules.On(day);
            Assert.Contains("[V]", rules.Source);
            Assert.NotEmpty(rules.UrgentSource);
            Assert.Equal(TimeSpan.FromMinutes(30), rules.Deadline(urgent: false));
            Assert.Equal(TimeSpan.FromMinutes(5), rules.Deadline(urgent: true));
        }
    }

    [Theory]
    [InlineData("", false, "none")]
    [InlineData("mailbox", false, "mailbox")]
    [InlineData("mailbox", true, "mailbox, tell")]
    [InlineData("mailbox amqp rest", true, "rest")]
    [InlineData("mailbox amqp", true, "amqp")]
    [InlineData("rest-off amqp mailbox", false, "amqp")]
    [InlineData("rest-off mailbox", false, "mailbox")]
    [InlineData("rest-for-employment", false, "none")]
    public void The_way_is_an_active_endpoint_that_takes_the_event_rest_first(string has, bool urgent, string way)
    {
        Endpoint[] endpoints = [.. has.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Make)];
        var route = DeliveryPolicy.Choose(endpoints, Messages.Events.HandoffRequest, urgent) switch
        {
            Route.By(var channel, _, var tell) => tell ? $"{channel}, tell" : channel,
            _ => "none",
        };
        Assert.Equal(way, route);
    }

    private static Endpoint Make(string kind)
    {
        var endpoint = TestMessages.Endpoint(
            kind switch
            {
                "mailbox" => kind,
                "amqp" => "amqps://broker.example/region-08",
                _ => "https://region.example/fhir",
            },
            "Organization/region");
        endpoint.Id = kind;
        if (kind == "rest-off") endpoint.Status = EndpointStatus.Off;
        if (kind == "rest-for-employment")
            endpoint.PayloadType =
            [
                new CodeableConcept(Messages.Systems.MessageEvent, Messages.Events.EmploymentStatusUpdate),
            ];
        return endpoint;
    }
}
