using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Gives the entries of a message their places in the store. Persons, organisations and professionals are matched by
/// identifier; what another source has told of them is never overwritten.
/// </summary>
internal sealed class Filing(ReceivedMessage message, Session session)
{
    private readonly Dictionary<string, string> ours = new(StringComparer.Ordinal);
    private readonly Dictionary<Resource, string> ids = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Resource> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The person as the message tells, when another source has told otherwise before.</summary>
    public Patient? OtherwiseKnown { get; private set; }

    /// <summary>Finds a place for every entry; stores nothing yet.</summary>
    public async Task Place()
    {
        foreach (var resource in message.Bundle.Entry.Select(entry => entry.Resource).OfType<Resource>())
        {
            if (resource is MessageHeader)
                continue;
            var match = await Match(resource);
            if (match is not null)
                known.Add(resource);
            Keep(resource, match ?? ResourceStore.NewId());
        }
    }

    /// <summary>Takes a stored resource as what an entry means.</summary>
    public void Keep(Resource entry, string id)
    {
        ids[entry] = id;
        var reference = $"{entry.TypeName}/{id}";
        ours[$"{entry.TypeName}/{entry.Id}"] = reference;
        if (message.Bundle.Entry.Find(e => ReferenceEquals(e.Resource, entry))?.FullUrl is { } url)
            ours[url] = reference;
    }

    public string IdOf(Resource entry) => ids[entry];

    public ResourceReference ReferenceTo(Resource entry) => new($"{entry.TypeName}/{ids[entry]}");

    /// <summary>A copy of an entry under its place, its references turned to ours.</summary>
    public T Copy<T>(T entry) where T : Resource
    {
        var copy = entry.Clone();
        References.Turn(copy, ours);
        copy.Id = ids[entry];
        copy.Meta = new Meta { Source = message.Header.Source?.Endpoint, Security = copy.Meta?.Security ?? [] };
        return copy;
    }

    /// <summary>Stores everything that is new, except the entries that the caller completes itself.</summary>
    public async Task Store(params Resource[] except)
    {
        foreach (var entry in ids.Keys.Except(except))
        {
            if (!known.Contains(entry))
                await session.Resources.Create(message.Access, Copy(entry));
            else if (entry is Patient patient)
                await UpdatePerson(patient);
        }
    }

    private async Task UpdatePerson(Patient sent)
    {
        var copy = Copy(sent);
        var stored = await session.Resources.Get<Patient>(message.Access, ids[sent]);
        if (stored is null || SameDemographics(stored, copy))
            return;
        if (stored.Meta?.Source == copy.Meta!.Source)
            await session.Resources.Update(message.Access, copy);
        else
            OtherwiseKnown = copy;
    }

    private static bool SameDemographics(Patient one, Patient other) =>
        one.BirthDate == other.BirthDate && one.Gender == other.Gender
        && Same(one.Name, other.Name) && Same(one.Address, other.Address) && Same(one.Telecom, other.Telecom);

    private static bool Same<T>(List<T> one, List<T> other) where T : Base =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.DeepEquals(pair.Second));

    private async Task<string?> Match(Resource resource) => resource switch
    {
        Patient patient => await Find<Patient>(patient.Identifier),
        Organization organization => await Find<Organization>(organization.Identifier),
        Practitioner practitioner => await Find<Practitioner>(practitioner.Identifier),
        _ => null,
    };

    private async Task<string?> Find<T>(List<Identifier> identifiers) where T : Resource, new()
    {
        foreach (var identifier in identifiers)
            if (identifier is { System: { } system, Value: { } value }
                && await Find<T>(system, value) is { } found)
                return found.Id;

        return null;
    }

    // What is not there yet is about to be stored: two messages about one person must not both do so.
    private async Task<T?> Find<T>(string system, string value) where T : Resource, new()
    {
        var found = await session.Resources.FindByToken<T>(message.Access, "identifier", system, value);
        if (found is not null)
            return found;
        await session.Lock($"{message.Access.Tenant}|{system}|{session.Keys.Value(system, value)}");
        return await session.Resources.FindByToken<T>(message.Access, "identifier", system, value);
    }
}
