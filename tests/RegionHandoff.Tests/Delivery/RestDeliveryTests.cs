using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Http;
using RegionHandoff.Delivery;
using TestServers;

namespace RegionHandoff.Tests.Delivery;

public sealed class RestDeliveryTests : IAsyncLifetime
{
    private RealRegion region = null!;

    public async Task InitializeAsync() => region = await RealRegion.Start();

    public async Task DisposeAsync() => await region.DisposeAsync();

    [Fact]
    public async Task A_region_gets_the_very_bytes_that_occupational_health_sent()
    {
        await using var running = await Start();
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "08");
        JourneyPosition.Set(
            handoff.MessageHeader(), new JourneyPosition(ServiceNames.OccupationalHealth, journey, 1));
        var body = FhirJson.Write(handoff);
        await running.Publish<HandoffRequest>(body);
        await Acknowledged(running, handoff);
        Assert.Equal(body, Assert.Single(region.Bodies));
        Assert.Equal("application/fhir+json", Assert.Single(region.ContentTypes));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_passing_failure_is_tried_again_until_the_region_has_it_once(int status)
    {
        await using var running = await Start();
        region.Behaves = (n, _) => Task.FromResult(n <= 5 ? Results.StatusCode(status) : null);
        var handoff = await Send(running, TestMessages.NewJourney());
        await Acknowledged(running, handoff);
        Assert.Equal(6, region.Bodies.Count);
        Assert.Single(region.Bodies.Select(Convert.ToHexString).Distinct());
        Assert.Equal(handoff.Id, Assert.Single(region.Taken).Key);
        Assert.Empty(running.Received.Reports);
    }

    [FactOnRabbit]
    public async Task What_a_region_has_does_not_go_out_again_because_the_database_went_away_before_that_was_stored()
    {
        await using var running = await Start();
        var wentAway = Task.CompletedTask;
        region.Behaves = async (_, _) =>
        {
            var isLocked = new TaskCompletionSource();
            wentAway = running.Database.Write(async session =>
            {
                await session.Query<string>("select state from delivery for update");
                isLocked.SetResult();
                await RunningRegionHandoff.Until(async () => await session.First<long>(
                    """
                    select count(pg_terminate_backend(pid)) from pg_locks
                    where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))
                    """) > 0);
            }, default);
            await isLocked.Task;
            return null;
        };
        var handoff = await Send(running, TestMessages.NewJourney());
        await Acknowledged(running, handoff);
        await wentAway;
        Assert.Single(region.Bodies);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(302)]
    public async Task A_refusal_is_not_repeated_and_is_told_to_the_sender(int status)
    {
        await using var running = await Start();
        region.Behaves = (_, context) =>
        {
            context.Response.Headers.Location = region.Address;
            return Task.FromResult<IResult?>(Results.StatusCode(status));
        };
        var handoff = await Send(running, TestMessages.NewJourney());
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", "refused"), (await running.Delivery(handoff))!.Value);
        Assert.Single(region.Bodies);
    }

    [Fact]
    public async Task A_fatal_error_in_the_answer_counts_as_a_refusal()
    {
        await using var running = await Start();
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Answer(ResponseType.FatalError));
        var handoff = await Send(running, TestMessages.NewJourney());
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", "refused"), (await running.Delivery(handoff))!.Value);
    }

    [Fact]
    public async Task A_transient_error_in_the_answer_is_tried_again()
    {
        await using var running = await Start();
        region.Behaves = (n, _) => Task.FromResult<IResult?>(n == 1 ? Answer(ResponseType.TransientError) : null);
        await Acknowledged(running, await Send(running, TestMessages.NewJourney()));
        Assert.Equal(2, region.Bodies.Count);
    }

    [Fact]
    public async Task A_region_that_answers_a_repetition_with_duplicate_has_the_message()
    {
        await using var running = await Start();
        var duplicate = new OperationOutcome();
        duplicate.Issue.Add(new OperationOutcome.IssueComponent
        {
            Severity = IssueSeverity.Error, Code = IssueType.Duplicate,
        });
        region.Behaves = (n, _) => Task.FromResult<IResult?>(n == 1
            ? Results.StatusCode(503)
            : Results.Text(Text(FhirJson.Write(duplicate)), "application/fhir+json", statusCode: 409));
        await Acknowledged(running, await Send(running, TestMessages.NewJourney()));
    }

    [Fact]
    public async Task A_region_that_hangs_is_given_up_for_this_attempt_and_asked_again()
    {
        await using var running = await Start(("Delivery:AnswerWithin", "00:00:00.3"), ("Delivery:Retries", "0"));
        region.Behaves = async (n, context) =>
        {
            if (n == 1) await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted);
            return null;
        };
        await Acknowledged(running, await Send(running, TestMessages.NewJourney()));
        Assert.Equal(2, region.Bodies.Count);
    }

    [Fact]
    public async Task A_circuit_opens_after_failures_and_closes_when_the_region_is_back()
    {
        var options = new DeliveryOptions
        {
            FailuresToBreak = 3, Retries = 0, BreakFor = TimeSpan.FromMilliseconds(600),
            AnswerWithin = TimeSpan.FromSeconds(2),
        };
        using var rest = new RestDelivery(options);
        region.Behaves = (n, _) => Task.FromResult(n <= 3 ? Results.StatusCode(500) : null);
        var body = FhirJson.Write(TestMessages.Handoff(TestMessages.NewJourney(), "08"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(new RegionAnswer.NotNow(null), await rest.Post(region.Address, body, default));

        // Open: nothing reaches the region, and the pause is the circuit's.
        for (var i = 0; i < 5; i++)
            Assert.Equal(new RegionAnswer.NotNow(options.BreakFor), await rest.Post(region.Address, body, default));
        Assert.Equal(3, region.Bodies.Count);

        await Task.Delay(700);
        Assert.IsType<RegionAnswer.Taken>(await rest.Post(region.Address, body, default));
        Assert.IsType<RegionAnswer.Taken>(await rest.Post(region.Address, body, default));
    }

    [Fact]
    public async Task A_region_that_nobody_reaches_is_not_now()
    {
        using var rest = new RestDelivery(new DeliveryOptions { Retries = 0 });
        Assert.Equal(new RegionAnswer.NotNow(null), await rest.Post("http://127.0.0.1:1/fhir", [], default));
    }

    [Fact]
    public async Task What_waits_when_the_process_ends_is_sent_by_the_next_one_and_taken_once()
    {
        await using var backend = await TestBackend.Create();
        Bundle handoff;
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(503));
        await using (var first = await Start(backend))
        {
            handoff = await Send(first, TestMessages.NewJourney());
            await RunningRegionHandoff.Until(() => !region.Bodies.IsEmpty);
        }

        region.Behaves = (_, _) => Task.FromResult<IResult?>(null);
        await using (var second = await Start(backend, addRegion: false)) await Acknowledged(second, handoff);
        Assert.Equal(handoff.Id, Assert.Single(region.Taken).Key);
    }

    [Fact]
    public async Task A_process_killed_while_the_region_answers_leaves_a_lease_that_the_next_one_voids()
    {
        await using var backend = await TestBackend.Create();
        Bundle handoff;
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(503));
        await using (var first = await Start(backend))
        {
            handoff = await Send(first, TestMessages.NewJourney());
            await RunningRegionHandoff.Until(() => !region.Bodies.IsEmpty);
        }

        await using (var between = await Start(backend, addRegion: false, ("Delivery:AtOnce", "1")))
        {
            // As kill -9 leaves it: leased, attempt counted, nothing settled, and its holder gone.
            await between.Database.Write(session => session.Execute(
                "update delivery set lease_until = @until, holder = 'killed', fence = fence + 1",
                new { until = 9_000_000_000_000_000 }), default);
        }

        region.Behaves = (_, _) => Task.FromResult<IResult?>(null);
        await using (var second = await Start(backend, addRegion: false)) await Acknowledged(second, handoff);
    }

    [Fact]
    public async Task Messages_of_a_journey_reach_the_region_in_order_and_other_journeys_do_not_wait()
    {
        await using var running = await Start();
        var (held, free) = (TestMessages.NewJourney(), TestMessages.NewJourney());
        var blocked = true;
        region.Behaves = (_, _) => Task.FromResult(
            blocked && Text(region.Bodies.Last()).Contains(held) ? Results.StatusCode(503) : null);
        var first = await Send(running, held);
        var cancel = TestMessages.Cancel(held);
        await running.Send<HandoffCancel>(cancel, held);
        await Acknowledged(running, await Send(running, free));
        await RunningRegionHandoff.Until(async () => await running.Delivery(cancel) is { State: "waiting" });
        Assert.DoesNotContain(region.Bodies, body => Text(body).Contains(Events.HandoffCancel));

        blocked = false;
        await Acknowledged(running, cancel);
        Assert.True(region.Taken.ContainsKey(first.Id!));
        var order = region.Bodies.Select(body => Text(body).Contains($"\"id\":\"{cancel.Id}\"")).ToList();
        Assert.Equal(order.Count - 1, order.IndexOf(true));
    }

    private static string Text(byte[] body) => System.Text.Encoding.UTF8.GetString(body);

    private static IResult Answer(ResponseType code)
    {
        var header = new MessageHeader { Id = "a", Event = new Coding(Systems.MessageEvent, Events.HandoffRequest) };
        var answer = MessageBundle.Answer(header, "a-region", DateTimeOffset.UnixEpoch.AddYears(56), []);
        answer.MessageHeader().Response!.Code = code;
        return Results.Bytes(FhirJson.Write(answer), "application/fhir+json");
    }

    private Task<RunningRegionHandoff> Start(params (string, string)[] settings) => Start(null, true, settings);

    private async Task<RunningRegionHandoff> Start(
        TestBackend? backend, bool addRegion = true, params (string, string)[] settings)
    {
        var running = await RunningRegionHandoff.Start(backend, null, settings);
        if (addRegion) await running.AddRegion("08", region.Address);
        return running;
    }

    private static async Task<Bundle> Send(RunningRegionHandoff running, string journey)
    {
        var handoff = TestMessages.Handoff(journey, "08");
        await running.Send<HandoffRequest>(handoff, journey);
        return handoff;
    }

    private static Task Acknowledged(RunningRegionHandoff running, Bundle message) => RunningRegionHandoff.Until(
        async () => await running.Delivery(message) is { State: "acknowledged" });
}
