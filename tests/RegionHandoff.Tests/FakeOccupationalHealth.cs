using System.Collections.Concurrent;
using Fhir;
using Messages;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Tests;

public sealed class FakeOccupationalHealthDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);

/// <summary>What came back to occupational health, as its own handlers would see it.</summary>
public sealed class Received
{
    public ConcurrentQueue<Bundle> Responses { get; } = [];

    public ConcurrentQueue<Bundle> Reports { get; } = [];

    public ConcurrentQueue<Bundle> Referrals { get; } = [];

    public ConcurrentQueue<Bundle> Units { get; } = [];
}

/// <summary>
/// The other side of the bus, on the real kit: it sends through its outbox and receives through its inbox.
/// </summary>
internal static class FakeOccupationalHealth
{
    public static ServiceDefinition<FakeOccupationalHealthDatabase> Definition { get; } =
        new ServiceDefinition<FakeOccupationalHealthDatabase>(ServiceNames.OccupationalHealth, "/oh/fhir")
            .OnBus<TakeResponse, HandoffResponse>()
            .OnBus<TakeReport, DeliveryReport>()
            .OnBus<TakeReferral, WorkAbilityReferral>()
            .OnBus<TakeUnit, CatalogueUpdate>();
}

public sealed class TakeResponse(Received received) : IMessageHandler
{
    public Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        received.Responses.Enqueue(message.Bundle);
        return Task.FromResult(MessageResult.Done);
    }
}

public sealed class TakeReport(Received received) : IMessageHandler
{
    public Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        received.Reports.Enqueue(message.Bundle);
        return Task.FromResult(MessageResult.Done);
    }
}

public sealed class TakeReferral(Received received) : IMessageHandler
{
    public Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        received.Referrals.Enqueue(message.Bundle);
        return Task.FromResult(MessageResult.Done);
    }
}

public sealed class TakeUnit(Received received) : IMessageHandler
{
    public Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        received.Units.Enqueue(message.Bundle);
        return Task.FromResult(MessageResult.Done);
    }
}
