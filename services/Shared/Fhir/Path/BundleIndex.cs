namespace Fhir.Path;

/// <summary>The entries of a Bundle by what references may call them.</summary>
internal sealed class BundleIndex
{
    private readonly Dictionary<string, Resource> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Id), Resource> _byId = [];

    public BundleIndex(Bundle bundle)
    {
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is not { } resource) continue;
            if (entry.FullUrl is { } url) _byUrl.TryAdd(url, resource);
            if (resource.Id is { } id) _byId.TryAdd((resource.TypeName, id), resource);
        }
    }

    /// <summary>
    /// The entry's resource, or null. A relative reference means the entry of that type and id, whatever server its
    /// fullUrl names: within one Bundle the spec's rule with the base of the referrer gives the same.
    /// </summary>
    public Resource? Find(string reference)
    {
        if (_byUrl.TryGetValue(reference, out var found)) return found;
        return new ResourceReference(reference).TryGetLocal(out var type, out var id)
            ? _byId.GetValueOrDefault((type, id))
            : null;
    }
}
