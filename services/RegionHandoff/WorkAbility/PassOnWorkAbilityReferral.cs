using Fhir;
using Messages;
using RegionHandoff.Handoffs;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.WorkAbility;

/// <summary>
/// <c>work-ability-referral</c> (Työote): a region treats an employed person and asks occupational health to coordinate
/// the return to work. It is kept and passed on in one transaction; the answer comes back by the region's own channel.
/// </summary>
public sealed class PassOnWorkAbilityReferral : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var sender = Region.CodeOf(message.Access) ?? Region.CodeOf(message.Bundle, message.Header.Sender);
        List<FhirIssue> faults = [.. Faults(message)];
        if (sender is null || await Region.Find(session, message.Access, sender) is null)
            faults.Add(Required($"{message.PathOf(message.Header)}.sender",
                "The sender is a region of this directory: the answer goes back there."));
        if (faults.Count > 0) return new MessageResult.Refused(Refusal.BadRequest(faults));
        var sent = message.Focus<FhirTask>()!;
        foreach (var number in HandoffTask.Placer(sent)) await session.Lock(message.Access, number);
        if (await HandoffTask.Find(session, message.Access, sent) is not null)
            return new MessageResult.Refused(Refusal.Conflict($"{message.PathOf(sent)}.identifier",
                "A referral with this number was sent before."));

        var task = await StoreContent.Store(session, message, sent);
        (task.Id, task.Meta) = (ResourceStore.NewId(), null);
        task.GroupIdentifier ??= new Identifier(Systems.Journey, ResourceStore.NewId());
        task.Requester ??= new ResourceReference();
        task.Requester.Identifier = new Identifier(Systems.Region, sender);
        await session.Resources.Create(message.Access, task);
        await session.Outbox.Enqueue<WorkAbilityReferral>(
            Onward(message, task.GroupIdentifier, sender!, session.Now), HandoffTask.Journey(task)!,
            ServiceNames.RegionHandoff);
        return MessageResult.Done;
    }

    private static IEnumerable<FhirIssue> Faults(ReceivedMessage message)
    {
        if (message.Reason != Reasons.New)
            yield return Refusal.Issue(IssueType.Invariant, $"{message.PathOf(message.Header)}.reason",
                "The reason is new.");
        if (message.Focus<FhirTask>() is not { } task)
        {
            yield return Required($"{message.PathOf(message.Header)}.focus", "The focus is a Task of the message.");
            yield break;
        }

        var path = message.PathOf(task);
        if (task.Status != TaskStatus.Requested)
            yield return Refusal.Issue(IssueType.Invariant, $"{path}.status", "What is asked for is requested.");
        if (HandoffTask.Placer(task).Count == 0)
            yield return Required($"{path}.identifier", "The Task has the region's own number, of type PLAC.");
        if (task.GroupIdentifier is not null && HandoffTask.Journey(task) is null)
            yield return Refusal.Issue(IssueType.Value, $"{path}.groupIdentifier",
                $"A journey is one of {Systems.Journey}.");
        if (message.Resolve<ServiceRequest>(task.Focus) is null)
            yield return Required($"{path}.focus", "The Task's focus is a ServiceRequest of the message.");
        if (message.Resolve<Patient>(task.For) is not { } patient
            || !patient.Identifier.Exists(identifier => identifier is { System: not null, Value: not null }))
            yield return Required($"{path}.for", "The Task is for a Patient of the message with an identifier.");
    }

    // The same content under new ids of its own, with a pointer to what it was.
    private static Bundle Onward(ReceivedMessage message, Identifier journey, string region, DateTimeOffset now)
    {
        var bundle = message.Bundle.Clone();
        (bundle.Id, bundle.Timestamp, bundle.Meta) = (ResourceStore.NewId(), now, null);
        var header = bundle.MessageHeader();
        header.Id = ResourceStore.NewId();
        bundle.Entry[0].FullUrl = $"urn:uuid:{header.Id}";
        var task = bundle.Resolve<FhirTask>(header.Focus[0])!;
        task.GroupIdentifier = journey.Clone();
        header.Sender = new ResourceReference
        {
            Type = "Organization", Identifier = new Identifier(Systems.Region, region),
        };
        header.Source = new MessageHeader.MessageSourceComponent
        {
            Name = ServiceNames.RegionHandoff, Endpoint = $"urn:omh:{ServiceNames.RegionHandoff}",
        };
        Origin.Add(bundle, task, message, now);
        return bundle;
    }

    private static FhirIssue Required(string path, string message) => Refusal.Issue(IssueType.Required, path, message);
}
