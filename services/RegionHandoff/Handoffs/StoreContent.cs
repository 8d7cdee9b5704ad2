using Fhir;
using Messages;
using RegionHandoff.Regions;
using ServiceKit.Storage;

namespace RegionHandoff.Handoffs;

/// <summary>
/// Stores what a handoff tells, under ids of ours. A person, organisation or professional that is known by an
/// identifier is the one we have: a message never overwrites what another source has told, and adds no region to the
/// directory.
/// </summary>
internal static class StoreContent
{
    /// <summary>
    /// Stores all but the header and the focus; the focus comes back with its references turned to ours.
    /// </summary>
    public static async Task<FhirTask> Store(Session session, Access access, Bundle bundle, FhirTask focus)
    {
        var ours = new Dictionary<string, ResourceReference>(StringComparer.Ordinal);
        List<Resource> fresh = [];
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is null or MessageHeader || ReferenceEquals(entry.Resource, focus)) continue;
            var copy = entry.Resource.Clone();
            var theirs = $"{copy.TypeName}/{copy.Id}";
            var known = await Known(session, access, copy);
            (copy.Id, copy.Meta) = (known ?? ResourceStore.NewId(), Labels(copy.Meta));
            var stranger = known is null && Region.CodeOf(copy as Organization) is { } code
                ? new ResourceReference { Identifier = new Identifier(Systems.Region, code) }
                : null;
            if (known is null && stranger is null) fresh.Add(copy);
            ours[entry.FullUrl ?? theirs] = ours[theirs] =
                stranger ?? new ResourceReference($"{copy.TypeName}/{copy.Id}");
        }

        var task = focus.Clone();
        foreach (var resource in fresh.Append(task)) Turn(resource, ours);
        foreach (var resource in fresh) await session.Resources.Create(access, resource);
        return task;
    }

    private static void Turn(Resource resource, Dictionary<string, ResourceReference> ours)
    {
        foreach (var reference in References.In(resource))
        {
            if (reference.Reference is not { } theirs || !ours.TryGetValue(theirs, out var turned)) continue;
            reference.Reference = turned.Reference;
            reference.Identifier ??= turned.Identifier?.Clone();
        }
    }

    // Security labels such as TURVAKIELTO stay; versions are ours.
    private static Meta? Labels(Meta? meta) =>
        meta is null ? null : new Meta { Security = meta.Security, Tag = meta.Tag };

    private static async Task<string?> Known(Session session, Access access, Resource resource)
    {
        var identifiers = resource switch
        {
            Patient patient => patient.Identifier,
            Organization organization => organization.Identifier,
            Practitioner practitioner => practitioner.Identifier,
            _ => [],
        };
        foreach (var identifier in identifiers)
        {
            if (identifier is not { System: { } system, Value: { } value }) continue;
            var query = new SearchQuery(resource.TypeName)
            {
                Clauses = [new SearchClause.Token("identifier", [new TokenValue(system, value)])], Count = 1,
            };
            if ((await session.Resources.Search(access, query)).Matches is [var match, ..]) return match.Id;
        }

        return null;
    }
}
