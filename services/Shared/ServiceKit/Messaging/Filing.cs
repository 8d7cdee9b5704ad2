using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// How the entries of a message become rows. Persons, organisations and professionals are matched by identifier within
/// the sender's tenant; what is known is never overwritten, everything else is stored under an id of ours. References
/// between entries become references in the store. The message itself stays as it was received.
/// </summary>
public sealed class Filing(ReceivedMessage message, Session session)
{
    private readonly Dictionary<string, Resource> entries = ByName(message.Bundle);
    private readonly Dictionary<Resource, Place> places = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Whether a reference to something that is not filed becomes a remark, since its id would mean something else
    /// here. Absolute addresses stay in any case.
    /// </summary>
    public bool ForgetsUnknown { get; init; }

    /// <summary>
    /// Finds a place for entries without one: that of their match in the register, also where the sender does not see it,
    /// since there are not two of one person; or a new one. Stores nothing.
    /// </summary>
    /// <param name="sent">The entries.</param>
    /// <param name="beside">What the caller will look for by identifier: it is asked for along with them.</param>
    public async Task Find(
        IEnumerable<Resource> sent, params IEnumerable<(string Type, string System, string Value)> beside)
    {
        List<Resource> strangers = [.. sent.Where(entry => !places.ContainsKey(entry))];
        await Match(strangers, message.Access.Register, beside);
        strangers.RemoveAll(places.ContainsKey);

        // What is not there yet is about to be stored: two messages about one person must not both do so. All lock in
        // one order, so that no two wait for each other.
        foreach (var identifier in strangers.SelectMany(IdentifiersOf)
            .OrderBy(identifier => identifier.System, StringComparer.Ordinal)
            .ThenBy(identifier => identifier.Value, StringComparer.Ordinal))
            await session.Lock(message.Access, identifier);
        if (!session.IsTrial) await Match(strangers, message.Access.Register);
        foreach (var entry in strangers.Where(entry => !places.ContainsKey(entry))) AsNew(entry);
    }

    /// <summary>
    /// Takes what the sender sees stored under one of an entry's identifiers as its meaning; false without one.
    /// </summary>
    public async Task<bool> Match(Resource entry)
    {
        await Match([entry], message.Access);
        return places.ContainsKey(entry);
    }

    /// <summary>Where a trial has found an entry in the register, shortly before; it may be elsewhere by now.</summary>
    public string? FoundBefore(Resource entry) => IdentifiersOf(entry)
        .Select(identifier => session.Resources.FoundBefore(
            message.Access.Register, entry.TypeName, identifier.System!, identifier.Value!))
        .FirstOrDefault(id => id is not null);

    private async Task Match(
        IReadOnlyList<Resource> sent, Access access,
        params IEnumerable<(string Type, string System, string Value)> beside)
    {
        var known = await session.Resources.FindByIdentifiers(access, [.. sent.SelectMany(entry =>
            IdentifiersOf(entry).Select(identifier => (entry.TypeName, identifier.System!, identifier.Value!))), .. beside]);
        foreach (var entry in sent)
            if (IdentifiersOf(entry).SelectMany(identifier =>
                known[(entry.TypeName, identifier.System!, identifier.Value!)]).FirstOrDefault() is { } id)
                Keep(entry, id);
    }

    /// <summary>Takes a resource with that id as an entry's meaning; the caller stores it, if it is not yet.</summary>
    public void Keep(Resource entry, string id) => places[entry] = Place.At(entry, id, isNew: false);

    /// <summary>Stores an entry as a new one, whatever the register has.</summary>
    public void AsNew(Resource entry) => places[entry] = Place.At(entry, ResourceStore.NewId(), isNew: true);

    /// <summary>Does not store an entry: references to it name it by an identifier alone.</summary>
    public void KeepOut(Resource entry, Identifier identifier) =>
        places[entry] = new Place(null, new ResourceReference { Identifier = identifier }, IsNew: false);

    /// <summary>Whether an entry means something that <see cref="Store"/> does not store.</summary>
    public bool IsKnown(Resource entry) => places.TryGetValue(entry, out var place) && !place.IsNew;

    /// <summary>The id under which an entry is stored or will be.</summary>
    public string IdOf(Resource entry) => places[entry].Id
        ?? throw new InvalidOperationException($"This {entry.TypeName} is kept out of the store.");

    /// <summary>A reference to the place of an entry.</summary>
    public ResourceReference ReferenceTo(Resource entry) => places[entry].Reference.Clone();

    /// <summary>A copy of an entry under its place, its references turned to ours, its source the sender.</summary>
    public T Copy<T>(T entry) where T : Resource
    {
        var copy = entry.Clone();
        copy.Id = IdOf(entry);
        // Security labels such as TURVAKIELTO and profiles stay.
        copy.Meta ??= new Meta();
        copy.Meta.Source = message.Header.Source?.Endpoint;
        Turn(copy);
        return copy;
    }

    /// <summary>Turns the references of a resource from the message's names to ours.</summary>
    public void Turn(Resource resource)
    {
        foreach (var reference in References.In(resource))
        {
            if (reference.Reference is not { } name) continue;
            if (entries.TryGetValue(name, out var entry) && places.TryGetValue(entry, out var place))
            {
                reference.Reference = place.Reference.Reference;
                reference.Identifier ??= place.Reference.Identifier?.Clone();
            }
            else if (ForgetsUnknown && !IsElsewhere(name))
            {
                (reference.Reference, reference.Display) = (null, reference.Display ?? "not kept");
            }
        }
    }

    /// <summary>Stores everything that is new, except the entries that the caller completes itself.</summary>
    public async Task Store(params IReadOnlyList<Resource> except)
    {
        foreach (var (entry, _) in places.Where(pair => pair.Value.IsNew))
            if (!except.Contains(entry, ReferenceEqualityComparer.Instance))
                await session.Resources.Create(message.Access, Copy(entry));
    }

    private static IEnumerable<Identifier> IdentifiersOf(Resource resource)
    {
        var identifiers = resource switch
        {
            Patient patient => patient.Identifier,
            Organization organization => organization.Identifier,
            Practitioner practitioner => practitioner.Identifier,
            _ => [],
        };
        return identifiers.Where(identifier => identifier is { System.Length: > 0, Value.Length: > 0 });
    }

    private static bool IsElsewhere(string name) => name.StartsWith('#')
        || name.StartsWith("http://", StringComparison.Ordinal)
        || name.StartsWith("https://", StringComparison.Ordinal);

    private static Dictionary<string, Resource> ByName(Bundle bundle)
    {
        var names = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is not { } resource) continue;
            if (entry.FullUrl is { } url) names.TryAdd(url, resource);
            if (resource.Id is { } id) names.TryAdd($"{resource.TypeName}/{id}", resource);
        }

        return names;
    }

    private sealed record Place(string? Id, ResourceReference Reference, bool IsNew)
    {
        public static Place At(Resource entry, string id, bool isNew) =>
            new(id, new ResourceReference($"{entry.TypeName}/{id}"), isNew);
    }
}
