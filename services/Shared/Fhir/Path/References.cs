namespace Fhir.Path;

/// <summary>What a reference says without being followed.</summary>
internal static class References
{
    /// <summary>The text of a Reference, canonical, uri, url or plain string; null for any other item.</summary>
    public static string? TextOf(object item) => item switch
    {
        ResourceReference reference => reference.Reference,
        PrimitiveType { TypeDef.Primitive: >= PrimitiveKind.String and <= PrimitiveKind.Uuid } primitive =>
            primitive.Text,
        string text => text,
        _ => null,
    };

    /// <summary>The resource type that a reference names by its URL or its `type`; null when it names none.</summary>
    public static string? TypeOf(object item)
    {
        if (TextOf(item) is { } text && TypeIn(text) is { } type) return type;
        return item is ResourceReference reference ? reference.Type : null;
    }

    /// <summary>
    /// `Patient` of `Patient/1`, of `https://example.org/fhir/Patient/1`, and of either with a version.
    /// </summary>
    public static string? TypeIn(string reference)
    {
        var path = reference.AsSpan();
        if (path.StartsWith('#') || path.StartsWith("urn:", StringComparison.Ordinal)) return null;
        var history = path.IndexOf("/_history/", StringComparison.Ordinal);
        if (history >= 0) path = path[..history];
        var id = path.LastIndexOf('/');
        if (id < 0) return null;
        path = path[..id];
        var type = path[(path.LastIndexOf('/') + 1)..].ToString();
        return ModelInfo.IsResourceType(type) ? type : null;
    }
}
