using Fhir;
using Messages;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Handoffs;

/// <summary>Stores what a handoff tells, under ids of ours. A message adds no region to the directory.</summary>
internal static class StoreContent
{
    /// <summary>
    /// Stores all but the header and the focus; the focus comes back with its references turned to ours.
    /// </summary>
    public static async Task<FhirTask> Store(Session session, ReceivedMessage message, FhirTask focus)
    {
        var filing = new Filing(message, session);
        foreach (var organization in message.Bundle.All<Organization>())
            if (Region.CodeOf(organization) is { } code && !await filing.Match(organization))
                filing.KeepOut(organization, new Identifier(Systems.Region, code));
        await filing.Find(message.Content.Where(entry => !ReferenceEquals(entry, focus)));
        await filing.Store();
        var task = focus.Clone();
        filing.Turn(task);
        return task;
    }
}
