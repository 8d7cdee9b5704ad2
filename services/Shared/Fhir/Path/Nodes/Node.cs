namespace Fhir.Path.Nodes;

/// <summary>A part of an expression. Immutable, but for caches that any thread may overwrite.</summary>
internal abstract class Node
{
    /// <summary>Levels below and including this one; bounded, so that evaluation may recurse.</summary>
    public virtual int Depth => 1;

    public abstract Items Evaluate(in Frame frame);

    protected static int DepthOf(Node? node) => node?.Depth ?? 0;
}

/// <summary>A part with two operands.</summary>
internal abstract class BinaryNode(Node left, Node right) : Node
{
    protected Node Left { get; } = left;

    protected Node Right { get; } = right;

    public override int Depth { get; } = 1 + Math.Max(left.Depth, right.Depth);
}

/// <summary>A constant.</summary>
internal sealed class LiteralNode(Items value) : Node
{
    public Items Value { get; } = value;

    public override Items Evaluate(in Frame frame) => Value;
}
