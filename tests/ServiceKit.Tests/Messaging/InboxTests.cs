using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Messaging;

namespace ServiceKit.Tests.Messaging;

/// <summary>What is left between the steps of the inbox when a process dies, a client leaves, a lease is lost.</summary>
public sealed class InboxTests
{
    private const string Door = "/sender/fhir/$process-message";
    private readonly Bundle referral = SampleServices.Referral("j-1");

    [Fact]
    public async Task A_message_whose_handling_was_killed_is_taken_again_when_its_lease_is_over()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        Assert.Equal(new Claim.Granted(1, 1), await Take(services, referral));
        Assert.IsType<Claim.InHand>(await Take(services, referral));
        await EndLeases(services);
        var response = await services.Post(Door, referral);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("done", 2L, 1L), await State(services));
    }

    [Fact]
    public async Task A_message_that_is_taken_again_in_a_new_Bundle_has_one_effect_whichever_comes_first()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        await Take(services, referral);
        await EndLeases(services);
        var former = Text(referral);
        referral.Id = Guid.CreateVersion7().ToString();
        var response = await services.Post(Door, referral);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var late = await services.Post(Door, former);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal(await response.Content.ReadAsStringAsync(), await late.Content.ReadAsStringAsync());
        Assert.Equal(1, await Resources(services));
    }

    [Fact]
    public async Task Who_has_lost_the_lease_has_no_effect()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var slow = (Claim.Granted)await Take(services, referral);
        await EndLeases(services);
        var fast = (Claim.Granted)await Take(services, referral);
        Assert.Equal(slow.Fence + 1, fast.Fence);
        Assert.IsType<Handled.Lost>(await Handle(services, slow.Fence));
        Assert.Equal(0, await Resources(services));
        Assert.IsType<Handled.Finished>(await Handle(services, fast.Fence));
        Assert.Equal(1, await Resources(services));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Inbox.MostAttempts)]
    public async Task What_is_finished_while_another_looks_at_it_is_neither_taken_again_nor_given_up(int attempts)
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var granted = (Claim.Granted)await Take(services, referral);
        await services.Sender.Write(
            session => session.Execute("update inbox set attempt = @attempts, holder = 'seems dead'", new { attempts }),
            CancellationToken.None);
        var other = await services.Sender.Write(async session =>
        {
            await Inbox.Begin(session, Key, granted.Fence);
            Assert.Equal(1, await session.First<long>("select count(*) from inbox"));
            var looks = Task.Run(() => services.Sender.Write(
                another => Inbox.Take(
                    another, Key, FhirJson.Write(referral), null, parks: true, upTo: Inbox.MostAttempts),
                CancellationToken.None));
            await Task.Delay(500);
            await Inbox.Finish(session, Key, Inbox.States.Done, 200, FhirJson.Write(
                MessageBundle.Answer(referral.MessageHeader(), "test", session.Now, [])));
            return looks;
        }, CancellationToken.None);
        Assert.False(await other is Claim.Granted or Claim.Parked);
        Assert.Equal("done", (await State(services)).State);
    }

    [Fact]
    public async Task A_client_that_hangs_up_while_its_message_is_handled_gets_the_same_answer_later()
    {
        await using var services = await RunningServices.Start(
            withReceiver: false, behaviour: new Behaviour { HandlingTakes = TimeSpan.FromMilliseconds(500) });
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => services.Client.PostAsync(
            Door, RunningServices.Json(Text(referral)), impatience.Token));
        await RunningServices.Until(async () => await Resources(services) == 1);
        await Task.Delay(300);
        Assert.Equal(("done", 1L, 1L), await State(services));
        Assert.Equal(HttpStatusCode.OK, (await services.Post(Door, referral)).StatusCode);
        Assert.Equal(("done", 1L, 1L), await State(services));
    }

    [Fact]
    public async Task What_has_failed_is_tried_again_and_what_is_finished_stays_finished()
    {
        await using var services = await RunningServices.Start(withReceiver: false);
        var first = (Claim.Granted)await Take(services, referral);
        await Fail(services, first.Fence);
        Assert.Equal("failed", (await State(services)).State);
        Assert.Equal(HttpStatusCode.OK, (await services.Post(Door, referral)).StatusCode);
        await Fail(services, first.Fence + 1);
        Assert.Equal(("done", 2L, 1L), await State(services));
    }

    private InboxKey Key => new(
        "local", referral.Id!, referral.MessageHeader().Id!, $"{ServiceNames.OccupationalHealth}.take-referral");

    private Task<Claim> Take(RunningServices services, Bundle bundle) => services.Sender.Write(
        session => Inbox.Take(session, Key, FhirJson.Write(bundle), null, parks: false), CancellationToken.None);

    private Task Fail(RunningServices services, long fence) => services.Sender.Write(
        session => Inbox.Fail(session, Key, fence, "Test"), CancellationToken.None);

    private Task<Handled> Handle(RunningServices services, long fence) =>
        services.Get<MessagePipeline<SenderDatabase>>().Handle(
            new ReceivedMessage(referral, FhirJson.Write(referral), ServiceKit.Storage.Access.Local),
            Key, fence, typeof(TakeReferral), null, CancellationToken.None);

    private static Task EndLeases(RunningServices services) => services.Sender.Write(
        session => session.Execute("update inbox set lease_until = 0"), CancellationToken.None);

    private static Task<(string State, long Attempt, long Resources)> State(RunningServices services) =>
        services.Sender.Read(async session => (
            (await session.First<string>("select state from inbox"))!,
            await session.First<long>("select attempt from inbox"),
            await session.First<long>("select count(*) from resource")), CancellationToken.None);

    private static Task<long> Resources(RunningServices services) => services.Sender.Read(
        session => session.First<long>("select count(*) from resource"), CancellationToken.None);

    private static string Text(Resource resource) => Encoding.UTF8.GetString(FhirJson.Write(resource));
}
