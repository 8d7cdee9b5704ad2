using Fhir.Path.Syntax;

namespace Fhir.Path.Nodes;

/// <summary>`a is Type` and `a.is(Type)`</summary>
internal sealed class IsNode(Node? source, TypeName type) : Node
{
    public override int Depth { get; } = 1 + DepthOf(source);

    public override Items Evaluate(in Frame frame)
    {
        var items = source is null ? frame.Focus : source.Evaluate(frame);
        if (items.IsEmpty) return default;
        return Items.Of(type.Includes(Singleton.One(items)!));
    }
}

/// <summary>
/// `a as Type`, `a.as(Type)` and `a.ofType(Type)`. N1 allows `as` one item only; R4's own search parameters and rules
/// use it on many (`Observation.component.value as Quantity`, dom-3), so here it filters as `ofType` does.
/// </summary>
internal sealed class OfTypeNode(Node? source, TypeName type) : Node
{
    public override int Depth { get; } = 1 + DepthOf(source);

    public override Items Evaluate(in Frame frame)
    {
        var items = source is null ? frame.Focus : source.Evaluate(frame);
        if (items.Count <= 1) return items.IsEmpty || type.Selects(items[0]) ? items : default;
        frame.Run.Step(items.Count);
        var result = new ItemsBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            if (type.Selects(items[i])) result.Add(items[i]);
        }
        return result.Build();
    }
}

/// <summary>
/// `a.resolve() is Type`, which R4's search parameters use: where the resource is not at hand, the reference itself
/// says of which type it is.
/// </summary>
internal sealed class ResolvesToNode(FunctionNode resolve, TypeName type) : Node
{
    public override int Depth { get; } = 1 + resolve.Depth;

    public override Items Evaluate(in Frame frame)
    {
        var references = resolve.Input(frame);
        if (references.IsEmpty) return default;
        var item = Singleton.One(references)!;
        var found = resolve.Apply(frame, references);
        if (!found.IsEmpty) return Items.Of(type.Includes(found[0]));
        return References.TypeOf(item) is { } name ? Items.Of(name == type.Name) : default;
    }
}
