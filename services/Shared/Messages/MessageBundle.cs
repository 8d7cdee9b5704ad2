using Fhir;

namespace Messages;

/// <summary>Reading and composing Bundles of type <c>message</c>.</summary>
public static class MessageBundle
{
    /// <summary>The MessageHeader, which R4 wants first; throws when the Bundle is not a message.</summary>
    public static MessageHeader MessageHeader(this Bundle bundle) =>
        bundle.Entry.FirstOrDefault()?.Resource as MessageHeader
        ?? throw new InvalidOperationException("The Bundle does not begin with a MessageHeader.");

    /// <summary>All resources of a type in the Bundle, in order.</summary>
    public static IEnumerable<T> All<T>(this Bundle bundle) where T : Resource =>
        bundle.Entry.Select(entry => entry.Resource).OfType<T>();

    /// <summary>What a reference points to inside the Bundle, by fullUrl or by type and id; null when it is not there.</summary>
    public static T? Resolve<T>(this Bundle bundle, ResourceReference? reference) where T : Resource
    {
        if (reference?.Reference is not { } target) return null;
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is not T resource) continue;
            if (entry.FullUrl == target || Names(target, resource)) return resource;
        }

        return null;
    }

    private static bool Names(string reference, Resource resource) =>
        resource is { TypeName: var type, Id: { } id } && reference.Length == type.Length + 1 + id.Length
        && reference[type.Length] == '/' && reference.StartsWith(type, StringComparison.Ordinal)
        && reference.EndsWith(id, StringComparison.Ordinal);

    /// <summary>The reference by which other entries of the Bundle name a resource that is in it.</summary>
    public static string UrlOf(this Bundle bundle, Resource resource) =>
        bundle.Entry.First(entry => ReferenceEquals(entry.Resource, resource)).FullUrl!;

    /// <summary>
    /// A new message with new ids. Every resource of <paramref name="content"/> has an id; entries are named
    /// <c>urn:uuid:</c> + id where the id is a UUID, and by <c>Type/id</c> references inside the Bundle otherwise.
    /// </summary>
    /// <param name="event">A code of <see cref="Events"/>.</param>
    /// <param name="source">The sending service's name.</param>
    /// <param name="at">When the message is made.</param>
    /// <param name="focus">What the message is about; must be among <paramref name="content"/>.</param>
    /// <param name="content">All that travels, the focus first.</param>
    public static Bundle Compose(
        string @event, string source, DateTimeOffset at, Resource focus, IReadOnlyList<Resource> content)
    {
        var header = new MessageHeader
        {
            Id = NewId(),
            Event = new Coding(Systems.MessageEvent, @event),
            Source = new MessageHeader.MessageSourceComponent { Name = source, Endpoint = $"urn:omh:{source}" },
        };
        header.Focus.Add(new ResourceReference($"{focus.TypeName}/{focus.Id}"));
        return Envelope(header, at, content);
    }

    /// <summary>The answer to a message that was taken: code <c>ok</c>, with what came of it.</summary>
    public static Bundle Answer(
        MessageHeader request, string source, DateTimeOffset at, IReadOnlyList<Resource> content)
    {
        var header = new MessageHeader
        {
            Id = NewId(),
            Event = request.Event is null ? null : (DataType)request.Event.Clone(),
            Source = new MessageHeader.MessageSourceComponent { Name = source, Endpoint = $"urn:omh:{source}" },
            Response = new MessageHeader.ResponseComponent
            {
                Identifier = request.Id, Code = ResponseType.Ok,
            },
        };
        return Envelope(header, at, content);
    }

    private static Bundle Envelope(MessageHeader header, DateTimeOffset at, IReadOnlyList<Resource> content)
    {
        var bundle = new Bundle { Id = NewId(), Type = BundleType.Message, Timestamp = at };
        foreach (var resource in (IEnumerable<Resource>)[header, .. content])
        {
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = $"{Canonicals.Base}/{resource.TypeName}/{resource.Id}", Resource = resource,
            });
        }

        return bundle;
    }

    private static string NewId() => Guid.CreateVersion7().ToString();
}
