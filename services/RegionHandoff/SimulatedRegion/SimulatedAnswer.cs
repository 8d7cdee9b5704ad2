using Fhir;
using Messages;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.SimulatedRegion;

/// <summary>What the simulated region writes.</summary>
internal static class SimulatedAnswer
{
    /// <summary>A <c>handoff-response</c> that moves the handoff to a status.</summary>
    public static Bundle Response(FhirTask handoff, string region, TaskStatus status, DateTimeOffset now)
    {
        var organization = new Organization { Id = ResourceStore.NewId() };
        organization.Identifier.Add(new Identifier(Systems.Region, region));
        var task = new FhirTask
        {
            Id = ResourceStore.NewId(), Identifier = handoff.Identifier, GroupIdentifier = handoff.GroupIdentifier,
            Status = status, Intent = handoff.Intent, Code = handoff.Code,
            LastModifiedElement = new FhirDateTime(now),
            Owner = new ResourceReference($"Organization/{organization.Id}"),
        };
        var message = MessageBundle.Compose(
            Events.HandoffResponse, $"simulated-region-{region}", now, task, [task, organization]);
        message.MessageHeader().Sender = new ResourceReference($"Organization/{organization.Id}");
        return message;
    }
}
