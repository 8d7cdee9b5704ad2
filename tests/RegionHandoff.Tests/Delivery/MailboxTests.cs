using Fhir;
using Messages;
using Microsoft.AspNetCore.Http;
using TestServers;

namespace RegionHandoff.Tests.Delivery;

public sealed class MailboxTests
{
    [Fact]
    public async Task Messages_wait_in_order_until_each_is_acknowledged_and_outlive_the_process()
    {
        await using var backend = await TestBackend.Create();
        List<string> sent = [];
        await using (var first = await RunningRegionHandoff.Start(backend))
        {
            await first.AddRegion("07", "mailbox");
            await first.AddRegion("09", "mailbox");
            for (var i = 0; i < 5; i++) sent.Add(await Send(first, "09"));
            await Send(first, "07");
            Assert.Equal(sent, Headers(await first.Mailbox("09")));
            Assert.Equal(200, (int)await Acknowledge(first, sent[0]));
            Assert.Equal(200, (int)await Acknowledge(first, sent[0]));
            Assert.Equal(200, (int)await Acknowledge(first, sent[3]));
        }

        await using (var second = await RunningRegionHandoff.Start(backend))
        {
            Assert.Equal([sent[1], sent[2], sent[4]], Headers(await second.Mailbox("09")));
            var page = await second.Get<Bundle>("$mailbox?region=09&_count=2");
            Assert.Equal(BundleType.Collection, page.Type);
            Assert.Equal([sent[1], sent[2]], Headers([.. page.All<Bundle>()]));
            foreach (var header in sent) await Acknowledge(second, header);
            Assert.Empty(await second.Mailbox("09"));
            Assert.Single(await second.Mailbox("07"));
        }
    }

    [Theory]
    [InlineData("$mailbox", 400)]
    [InlineData("$mailbox?region=09&_count=none", 400)]
    [InlineData("$mailbox?region=09&_count=0", 400)]
    [InlineData("$mailbox?region=21", 404)]
    [InlineData("$mailbox?region=09", 200)]
    public async Task A_mailbox_is_asked_for_by_a_region_of_the_directory(string path, int status)
    {
        await using var running = await RunningRegionHandoff.Start();
        await running.AddRegion("09", "mailbox");
        Assert.Equal(status, (int)(await running.Client.GetAsync($"{running.Base}/{path}")).StatusCode);
    }

    [Fact]
    public async Task A_region_whose_endpoint_is_down_may_fetch_what_waits_and_is_not_sent_it_again()
    {
        await using var region = await RealRegion.Start();
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(503));
        await using var running = await RunningRegionHandoff.Start(
            null, new ManualTime(), ("Delivery:Retries", "0"), ("Delivery:FirstPause", "00:01:00"));
        await running.AddRegion("08", region.Address);
        var header = await Send(running, "08");
        await RunningRegionHandoff.Until(() => region.Bodies.Count == 1);
        Assert.Equal([header], Headers(await running.Mailbox("08")));
        Assert.Equal(200, (int)await Acknowledge(running, header));

        region.Behaves = (_, _) => Task.FromResult<IResult?>(null);
        await running.Turn(TimeSpan.FromMinutes(10));
        var next = await Send(running, "08");
        await RunningRegionHandoff.Until(() => !region.Taken.IsEmpty);
        Assert.All(region.Taken.Values, body => Assert.Contains(next, System.Text.Encoding.UTF8.GetString(body)));
        await RunningRegionHandoff.Until(async () => (await running.Mailbox("08")).Count == 0);
    }

    [Fact]
    public async Task What_a_region_refused_is_not_offered_again()
    {
        await using var region = await RealRegion.Start();
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(400));
        await using var running = await RunningRegionHandoff.Start();
        await running.AddRegion("08", region.Address);
        await Send(running, "08");
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Empty(await running.Mailbox("08"));
    }

    [Fact]
    public async Task Both_faults_of_a_question_are_named()
    {
        await using var running = await RunningRegionHandoff.Start();
        var answer = await running.Client.GetAsync($"{running.Base}/$mailbox?_count=many");
        Assert.Equal(2, (await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue.Count);
    }

    [Fact]
    public async Task Acknowledging_what_was_never_sent_is_not_found_and_strangers_are_nobody()
    {
        await using var running = await RunningRegionHandoff.Start();
        Assert.Equal(404, (int)await Acknowledge(running, "unknown"));
        using var stranger = new HttpClient();
        Assert.Equal(401, (int)(await stranger.GetAsync($"{running.Base}/$mailbox?region=09")).StatusCode);
        Assert.Equal(401, (int)(await stranger.PostAsync(
            $"{running.Base}/MessageHeader/x/$acknowledge", null)).StatusCode);
        Assert.Equal(401, (int)(await stranger.GetAsync($"{running.Base}/$undelivered")).StatusCode);
    }

    private static async Task<string> Send(RunningRegionHandoff running, string region)
    {
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, region);
        await running.Send<HandoffRequest>(handoff, journey);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is not null);
        return handoff.MessageHeader().Id!;
    }

    private static IEnumerable<string> Headers(IEnumerable<Bundle> messages) =>
        messages.Select(message => message.MessageHeader().Id!);

    private static async Task<System.Net.HttpStatusCode> Acknowledge(RunningRegionHandoff running, string header) =>
        (await running.Post($"MessageHeader/{header}/$acknowledge", null)).StatusCode;
}
