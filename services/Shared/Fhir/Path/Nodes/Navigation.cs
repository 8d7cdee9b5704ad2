using Fhir.Path.Values;

namespace Fhir.Path.Nodes;

/// <summary>The elements of a name: `a.name`, or `name` at the start of a path.</summary>
internal sealed class ChildNode(Node? source, string name) : Node
{
    private Place? _last;

    public override int Depth { get; } = 1 + DepthOf(source);

    public override Items Evaluate(in Frame frame)
    {
        var input = source is null ? frame.Focus : source.Evaluate(frame);
        if (input.IsEmpty) return default;
        var count = input.Count;
        frame.Run.Step(count);
        if (count == 1) return Of(input[0]);
        var result = new ItemsBuilder();
        for (var i = 0; i < count; i++) result.Add(Of(input[i]));
        frame.Run.Step(result.Count);
        return result.Build();
    }

    private Items Of(object item) => item switch
    {
        Base element => Of(element),
        PathType type => type.Child(name),
        _ => default,
    };

    private Items Of(Base element)
    {
        var type = element.TypeDef;
        var place = _last;
        if (place is null || place.Type != type)
            _last = place = new(type, type.Element(name)?.Ordinal ?? -1);
        return place.Ordinal < 0 ? default : Items.OfElement(element.Get(place.Ordinal));
    }

    // One object, so that no thread sees the type of one and the ordinal of another.
    private sealed record Place(TypeDef Type, int Ordinal);
}

/// <summary>A type at the start of a path, `Patient.name`: the focus when it is of that type.</summary>
internal sealed class TypeFilterNode(string name) : Node
{
    public override Items Evaluate(in Frame frame)
    {
        var focus = frame.Focus;
        if (focus.Count == 1) return IsOfType(focus[0]) ? focus : default;
        var result = new ItemsBuilder();
        for (var i = 0; i < focus.Count; i++)
        {
            if (IsOfType(focus[i])) result.Add(focus[i]);
        }
        return result.Build();
    }

    private bool IsOfType(object item) => item is Base element && element.TypeDef.Is(name);
}

/// <summary>`a[0]`</summary>
internal sealed class IndexerNode(Node source, Node index) : Node
{
    public override int Depth { get; } = 1 + Math.Max(source.Depth, index.Depth);

    public override Items Evaluate(in Frame frame)
    {
        var items = source.Evaluate(frame);
        var at = Singleton.Int(index.Evaluate(frame));
        return at >= 0 && at < items.Count ? Items.One(items[at.Value]) : default;
    }
}
