using Fhir;
using Messages;
using RegionHandoff.Regions;
using ServiceKit.Storage;

namespace RegionHandoff.Handoffs;

/// <summary>
/// The message that tells occupational health what the region answered: a new one, with a pointer to the region's.
/// </summary>
internal static class OnwardResponse
{
    /// <param name="task">The Task as it stands now.</param>
    /// <param name="former">The header of the region's message.</param>
    /// <param name="now">When the new one is made.</param>
    public static Bundle Compose(FhirTask task, MessageHeader former, DateTimeOffset now)
    {
        var region = new Organization { Id = ResourceStore.NewId() };
        region.Identifier.Add(new Identifier(Systems.Region, Region.CodeOf(task.Owner?.Identifier)));
        // Ids of this service mean nothing elsewhere: the Task is known by its numbers.
        var told = new FhirTask
        {
            Id = ResourceStore.NewId(),
            Identifier = task.Identifier, GroupIdentifier = task.GroupIdentifier, Status = task.Status,
            StatusReason = task.StatusReason, BusinessStatus = task.BusinessStatus, Intent = task.Intent,
            Priority = task.Priority, Code = task.Code, AuthoredOnElement = task.AuthoredOnElement,
            LastModifiedElement = task.LastModifiedElement,
            Owner = new ResourceReference($"Organization/{region.Id}"), Output = task.Output,
        };
        return MessageBundle.Compose(
            Events.HandoffResponse, ServiceNames.RegionHandoff, now, told,
            [told, region, Origin(told, region, former, now)]);
    }

    private static Provenance Origin(FhirTask task, Organization region, MessageHeader former, DateTimeOffset now)
    {
        var provenance = new Provenance { Id = ResourceStore.NewId(), Recorded = now };
        provenance.Target.Add(new ResourceReference($"Task/{task.Id}"));
        provenance.Agent.Add(new Provenance.AgentComponent
        {
            Who = new ResourceReference($"Organization/{region.Id}"),
        });
        provenance.Entity.Add(new Provenance.EntityComponent
        {
            Role = ProvenanceEntityRole.Source,
            What = new ResourceReference
            {
                Type = "MessageHeader",
                Identifier = new Identifier(Canonicals.Sid("message"), former.Id),
            },
        });
        return provenance;
    }
}
