using Fhir;
using Messages;
using TestServers;

namespace RegionHandoff.Tests;

/// <summary>The service on a backend with a broker, and region 08 that reads its queue there.</summary>
internal sealed class AmqpSetting : IAsyncDisposable
{
    private AmqpSetting(TestBackend backend, RunningRegionHandoff running, AmqpRegion region) =>
        (Backend, Running, Region) = (backend, running, region);

    public TestBackend Backend { get; }

    public RunningRegionHandoff Running { get; }

    public AmqpRegion Region { get; }

    public static async Task<AmqpSetting> Start(TimeProvider? time = null, params (string, string)[] settings)
    {
        var backend = await TestBackend.Create();
        await AmqpRegion.Clean(backend, "08", "09");
        var running = await RunningRegionHandoff.Start(backend, time, settings);
        await running.AddRegion("08", AmqpRegion.Address(backend, "08"));
        return new AmqpSetting(backend, running, await AmqpRegion.Join(backend, "08"));
    }

    /// <summary>Occupational health hands a journey of its own over to region 08.</summary>
    public async Task<Bundle> Send(RequestPriority priority = RequestPriority.Routine, string? journey = null)
    {
        journey ??= TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "08", priority);
        await Running.Send<HandoffRequest>(handoff, journey);
        return handoff;
    }

    /// <summary>Hands a journey over and has the region take the message.</summary>
    public async Task<string> Open()
    {
        var journey = TestMessages.NewJourney();
        var handoff = await Send(journey: journey);
        await Region.Respond(await Region.Gets(handoff));
        await Becomes(handoff, "acknowledged");
        return journey;
    }

    public async Task<string?> StateOf(Bundle message) => (await Running.Delivery(message))?.State;

    public Task Becomes(Bundle message, string state) =>
        RunningRegionHandoff.Until(async () => await StateOf(message) == state);

    /// <summary>Waits until it is noted that the message lies in the queue.</summary>
    public Task IsSent(Bundle message) => RunningRegionHandoff.Until(() => Running.Database.Read(
        async session => await session.First<long>(
            "select count(*) from delivery where header_id = @id and sent is not null",
            new { id = message.MessageHeader().Id }) == 1, default));

    /// <summary>How often it was tried to send the message.</summary>
    public Task<long> AttemptsOf(Bundle message) => Running.Database.Read(
        session => session.First<long>(
            "select attempt from delivery where header_id = @id", new { id = message.MessageHeader().Id }), default);

    public async ValueTask DisposeAsync()
    {
        await Region.DisposeAsync();
        await Running.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
