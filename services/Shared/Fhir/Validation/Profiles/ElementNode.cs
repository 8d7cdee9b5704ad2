namespace Fhir.Validation;

/// <summary>
/// An element of a profile while it is compiled: what its definitions say, from the base profile's to its own, and the
/// elements and slices within it.
/// </summary>
internal sealed class ElementNode(string name, string? slice)
{
    /// <summary>As in the path, but `value` for `value[x]`.</summary>
    public string Name { get; } = name;

    public string? Slice { get; } = slice;

    public List<ElementDefinition> Definitions { get; } = [];

    public List<ElementNode> Children { get; } = [];

    public List<ElementNode> Slices { get; } = [];

    /// <summary>Hangs the elements of a snapshot or a differential into the tree.</summary>
    public void Add(IEnumerable<ElementDefinition> elements)
    {
        string[] before = [];
        foreach (var element in elements)
        {
            before = Segments(element, before);
            var node = before.Skip(1).Aggregate(this, static (at, segment) => at.Descend(segment));
            node.Definitions.Add(element);
        }
    }

    // `identifier:pic` and, for a slice of a slice, `identifier:pic/temporary`.
    private ElementNode Descend(string segment)
    {
        var colon = segment.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? segment : segment[..colon]).Replace("[x]", "", StringComparison.Ordinal);
        var node = Find(Children, name, null);
        if (colon < 0) return node;
        var parts = segment[(colon + 1)..].Split('/');
        for (var i = 1; i <= parts.Length; i++) node = Find(node.Slices, name, string.Join('/', parts[..i]));
        return node;
    }

    private static ElementNode Find(List<ElementNode> nodes, string name, string? slice)
    {
        if (nodes.Find(n => n.Name == name && n.Slice == slice) is { } known) return known;
        var made = new ElementNode(name, slice);
        nodes.Add(made);
        return made;
    }

    // The id tells the slices on the way; without it they are those of the elements before.
    private static string[] Segments(ElementDefinition element, string[] before)
    {
        var path = (element.Path ?? "").Split('.');
        if (element.ElementId?.Split('.') is { } id && id.Length == path.Length) return id;
        for (var i = 0; i < path.Length - 1 && i < before.Length; i++)
        {
            if (before[i].Split(':')[0] != path[i]) break;
            path[i] = before[i];
        }
        if (element.SliceName is { } slice) path[^1] += ":" + slice;
        return path;
    }
}
