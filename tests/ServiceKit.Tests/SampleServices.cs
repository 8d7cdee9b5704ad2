using System.Collections.Concurrent;
using Fhir;
using Messages;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace ServiceKit.Tests;

public sealed class SenderDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);

public sealed class ReceiverDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);

public sealed class StoreDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time)
    : ServiceDatabase(engine, secrets, time);

/// <summary>What a test wants the services to do wrong, and what it wants to know of them.</summary>
public sealed class Behaviour
{
    /// <summary>Throws for the messages and deadlines it says true to.</summary>
    public Func<string, bool> Throws { get; init; } = _ => false;

    public TimeSpan HandlingTakes { get; init; }

    /// <summary>How long it takes to handle a message from the bus.</summary>
    public TimeSpan BusHandlingTakes { get; init; }

    public ConcurrentQueue<string> Handled { get; } = [];

    private readonly ConcurrentDictionary<string, int> beside = new();
    private readonly List<string> running = [];

    /// <summary>How many messages were being handled beside those of a name, at the most.</summary>
    public int BesideOf(string name) => beside.GetValueOrDefault(name);

    /// <summary>Notes that a message is being handled, until the result is disposed.</summary>
    public IDisposable Running(string name)
    {
        lock (running)
        {
            running.Add(name);
            foreach (var one in running) beside[one] = Math.Max(beside.GetValueOrDefault(one), running.Count - 1);
        }

        return new Ended(this, name);
    }

    private sealed class Ended(Behaviour behaviour, string name) : IDisposable
    {
        public void Dispose()
        {
            lock (behaviour.running) behaviour.running.Remove(name);
        }
    }

    public ConcurrentQueue<string> TimersDue { get; } = [];
}

internal static class SampleServices
{
    public static ServiceDefinition<SenderDatabase> Sender() =>
        new ServiceDefinition<SenderDatabase>(ServiceNames.OccupationalHealth, "/sender/fhir")
            .Serve<Patient, AnythingGoes>()
            .Serve<FhirTask>()
            .OnMessage<TakeReferral>(Events.ReferralRequest, "take-referral")
            .OnTimer<NoteDue>("note");

    public static ServiceDefinition<ReceiverDatabase> Receiver() =>
        new ServiceDefinition<ReceiverDatabase>(ServiceNames.RegionHandoff, "/receiver/fhir")
            .Serve<FhirTask>()
            .OnBus<TakeHandoff, HandoffRequest>()
            .OnBus<TakeCancel, HandoffCancel>();

    /// <summary>A base that takes whatever is sent, for what concerns the store alone.</summary>
    public static ServiceDefinition<StoreDatabase> Store() =>
        new ServiceDefinition<StoreDatabase>(ServiceNames.IpsCoaching, "/store/fhir")
            .Serve<Patient, Anything<Patient>>()
            .Serve<FhirTask, Anything<FhirTask>>()
            .Serve<ServiceRequest, Anything<ServiceRequest>>()
            .Serve<Observation, Anything<Observation>>()
            .Serve<Condition, Anything<Condition>>()
            .Serve<Organization>()
            .Open<Organization>()
            .Keep<Organization>();

    /// <summary>A referral as small as the kit cares about.</summary>
    public static Bundle Referral(string journey, string priority = "routine")
    {
        var task = new FhirTask
        {
            Id = "task", Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order,
            GroupIdentifier = new Identifier(Systems.Journey, journey),
            Priority = EnumCodes.Parse<RequestPriority>(priority),
        };
        return MessageBundle.Compose(
            Events.ReferralRequest, "test", DateTimeOffset.UnixEpoch.AddYears(56), task, [task]);
    }
}

public sealed class Anything<T> : IWriteRule<T> where T : Resource
{
    public Task<Refusal?> Check(Write<T> write, CancellationToken cancel) => Task.FromResult<Refusal?>(null);
}

/// <summary>Refuses patients without a name, and notes a deadline for each that it takes.</summary>
public sealed class AnythingGoes : IWriteRule<Patient>
{
    public async Task<Refusal?> Check(Write<Patient> write, CancellationToken cancel)
    {
        await write.Session.Timers.Set("note", "Patient", write.Proposed.Id!, write.Session.Now.AddHours(1));
        return write.Proposed.Name.Count == 0
            ? Refusal.BadRequest(Refusal.Issue(IssueType.Required, "Patient.name", "A name is needed."))
            : null;
    }
}

/// <summary>Stores the Task and sends a handoff; refuses priority stat after having written as much.</summary>
public sealed class TakeReferral(Behaviour behaviour) : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        await Task.Delay(behaviour.HandlingTakes, cancel);
        var task = (FhirTask)message.Focus<FhirTask>()!.Clone();
        task.Id = null;
        await session.Resources.Create(message.Access, task);
        await session.Timers.Set("note", "Task", task.Id!, session.Now.AddHours(1));
        var handoff = MessageBundle.Compose(
            Events.HandoffRequest, ServiceNames.OccupationalHealth, session.Now, task, [task]);
        await session.Outbox.Enqueue<HandoffRequest>(
            handoff, task.GroupIdentifier!.Value!, ServiceNames.OccupationalHealth);
        if (task.Priority == RequestPriority.Stat)
            return new MessageResult.Refused(Refusal.Conflict(message.PathOf(message.Focus<FhirTask>()!), "No stat."));
        return new MessageResult.Accepted([task]);
    }
}

public abstract class TakeFromBus(Behaviour behaviour) : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var task = message.Focus<FhirTask>()!;
        var name = task.Description ?? task.Id!;
        behaviour.Handled.Enqueue(name);
        using var running = behaviour.Running(name);
        await Task.Delay(behaviour.BusHandlingTakes, cancel);
        if (behaviour.Throws(name)) throw new InvalidOperationException("As the test asked.");
        task.Id = null;
        await session.Resources.Create(message.Access, task);
        return MessageResult.Done;
    }
}

public sealed class TakeHandoff(Behaviour behaviour) : TakeFromBus(behaviour);

public sealed class TakeCancel(Behaviour behaviour) : TakeFromBus(behaviour);

/// <summary>Notes what is due, and stores as much before it throws.</summary>
public sealed class NoteDue(Behaviour behaviour) : ITimerHandler
{
    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        behaviour.TimersDue.Enqueue(timer.ResourceId);
        await session.Resources.Create(access, new Patient { Name = [new HumanName { Family = timer.ResourceId }] });
        if (behaviour.Throws(timer.ResourceId)) throw new InvalidOperationException("As the test asked.");
    }
}
