namespace Fhir;

/// <summary>Extensions by URL.</summary>
public static class ExtensionQueries
{
    /// <summary>The first extension of that URL, or null.</summary>
    public static Extension? GetExtension(this Element element, string url) => Find(element.Extension, url);

    /// <inheritdoc cref="GetExtension(Element, string)"/>
    public static Extension? GetExtension(this DomainResource resource, string url) => Find(resource.Extension, url);

    /// <summary>Replaces all extensions of that URL by one.</summary>
    public static void SetExtension(this Element element, string url, DataType value) =>
        Replace(element.Extension, url, value);

    /// <inheritdoc cref="SetExtension(Element, string, DataType)"/>
    public static void SetExtension(this DomainResource resource, string url, DataType value) =>
        Replace(resource.Extension, url, value);

    private static Extension? Find(List<Extension> all, string url) => all.Find(e => e.Url == url);

    private static void Replace(List<Extension> all, string url, DataType value)
    {
        all.RemoveAll(e => e.Url == url);
        all.Add(new(url, value));
    }
}
