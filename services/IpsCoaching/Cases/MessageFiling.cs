using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>
/// Gives the entries of a message their places in the store. Persons, units and professionals are matched by identifier
/// and never overwritten: what another source said stays. References between entries become references in the store.
/// </summary>
internal sealed class MessageFiling
{
    private readonly Access access;
    private readonly Session session;
    private readonly Dictionary<string, Resource> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<Resource, string> ids = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Resource> known = new(ReferenceEqualityComparer.Instance);

    public MessageFiling(ReceivedMessage message, Session session)
    {
        (access, this.session) = (message.Access, session);
        // Taken before ids change: entries may name each other by them.
        foreach (var entry in message.Bundle.Entry)
        {
            if (entry.Resource is not { } resource) continue;
            if (entry.FullUrl is { } url) entries.TryAdd(url, resource);
            if (resource.Id is { } id) entries.TryAdd($"{resource.TypeName}/{id}", resource);
        }
    }

    /// <summary>Stores the given entries, each under the id of its match or a new one.</summary>
    public async Task File(IEnumerable<Resource> resources)
    {
        var kept = resources.OrderBy(Rank).ToList();
        foreach (var resource in kept) await Place(resource);
        foreach (var resource in kept)
        {
            if (known.Contains(resource))
            {
                await Complete(resource);
                continue;
            }

            Rewrite(resource);
            resource.Id = ids[resource];
            await session.Resources.Create(access, resource);
        }
    }

    /// <summary>Takes a resource of the store as what an entry of the message means.</summary>
    public void Match(Resource entry, string id)
    {
        ids[entry] = id;
        known.Add(entry);
    }

    /// <summary>What was filed of a type and not known before.</summary>
    public IEnumerable<T> New<T>() where T : Resource =>
        ids.Keys.OfType<T>().Where(resource => !known.Contains(resource));

    /// <summary>The place in the store of an entry that was filed or matched.</summary>
    public ResourceReference Of(Resource entry) => new($"{entry.TypeName}/{ids[entry]}");

    /// <summary>How the entries of the message name one of them.</summary>
    public ResourceReference Sent(Resource entry) =>
        new(entries.First(pair => ReferenceEquals(pair.Value, entry)).Key);

    /// <summary>
    /// Points the references of a resource into the store. What they name and is not kept stays as a remark, since its
    /// id would mean something else here.
    /// </summary>
    public void Rewrite(Resource resource)
    {
        foreach (var reference in References.In(resource))
        {
            if (reference.Reference is not { } url) continue;
            if (entries.TryGetValue(url, out var target) && ids.ContainsKey(target))
                reference.Reference = Of(target).Reference;
            else if (!IsElsewhere(url))
                (reference.Reference, reference.Display) = (null, reference.Display ?? "not kept");
        }
    }

    private static bool IsElsewhere(string url) => url.StartsWith('#')
        || url.StartsWith("http://", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal);

    // What others are matched by comes first.
    private static int Rank(Resource resource) => resource switch
    {
        Patient or Organization or Practitioner => 0,
        PractitionerRole => 1,
        _ => 2,
    };

    private async Task Place(Resource resource)
    {
        if (ids.ContainsKey(resource)) return;
        var match = resource switch
        {
            Patient patient => (await Find<Patient>(patient.Identifier))?.Id,
            Organization organization => (await Find<Organization>(organization.Identifier))?.Id,
            Practitioner practitioner => (await Find<Practitioner>(practitioner.Identifier))?.Id,
            PractitionerRole role => await FindRole(role),
            _ => null,
        };
        if (match is not null) Match(resource, match);
        else ids[resource] = ResourceStore.NewId();
    }

    private async Task<T?> Find<T>(List<Identifier> identifiers) where T : Resource, new()
    {
        foreach (var identifier in identifiers)
        {
            if (identifier is not { System: { } system, Value: { } value }) continue;
            if (await session.Resources.FindByToken<T>(access, "identifier", system, value) is { } found)
                return found;
        }

        return null;
    }

    private async Task<string?> FindRole(PractitionerRole role)
    {
        if (Entry<Practitioner>(role.Practitioner) is not { } practitioner || !known.Contains(practitioner)
            || Entry<Organization>(role.Organization) is not { } organization) return null;
        var roles = await session.Resources.FindByReference<PractitionerRole>(
            access, "practitioner", "Practitioner", ids[practitioner]);
        return roles.FirstOrDefault(other =>
            other.Organization?.Reference == Of(organization).Reference)?.Id;
    }

    private T? Entry<T>(ResourceReference? reference) where T : Resource =>
        reference?.Reference is { } url ? entries.GetValueOrDefault(url) as T : null;

    // Where a unit belongs is filled in when nobody has said it yet; what was said is left alone.
    private async Task Complete(Resource resource)
    {
        if (resource is not Organization { PartOf: not null } sent) return;
        var stored = await session.Resources.Get<Organization>(access, ids[sent]);
        if (stored is not { PartOf: null }) return;
        Rewrite(sent);
        stored.PartOf = sent.PartOf;
        await session.Resources.Update(access, stored);
    }
}
