using Fhir.Path.Values;

namespace Fhir.Path.Nodes;

/// <summary>`=` and `!=`: empty when either side is.</summary>
internal sealed class EqualityNode(Node left, Node right, bool negates) : BinaryNode(left, right)
{
    public override Items Evaluate(in Frame frame)
    {
        var a = Left.Evaluate(frame);
        if (a.IsEmpty) return default;
        var b = Right.Evaluate(frame);
        return Items.Of(negates ^ Equality.AreEqual(frame.Run, a, b));
    }
}

/// <summary>`~` and `!~`: always true or false.</summary>
internal sealed class EquivalenceNode(Node left, Node right, bool negates) : BinaryNode(left, right)
{
    public override Items Evaluate(in Frame frame) => Items.Of(
        negates ^ Equivalence.AreEquivalent(frame.Run, Left.Evaluate(frame), Right.Evaluate(frame)));
}

/// <summary>
/// `&lt;`, `&lt;=`, `&gt;`, `&gt;=`: empty when either side is, or when the precision does not decide.
/// </summary>
internal sealed class ComparisonNode(Node left, Node right, string name) : BinaryNode(left, right)
{
    public override Items Evaluate(in Frame frame)
    {
        if (Singleton.Value(Left.Evaluate(frame)) is not { } a) return default;
        if (Singleton.Value(Right.Evaluate(frame)) is not { } b) return default;
        if (Ordering.Compare(a, b) is not { } order) return default;
        return Items.Of(name switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }
}

/// <summary>`a in b`; `b contains a` is the same.</summary>
internal sealed class MembershipNode(Node item, Node collection) : BinaryNode(item, collection)
{
    public override Items Evaluate(in Frame frame)
    {
        if (Singleton.One(Left.Evaluate(frame)) is not { } one) return default;
        return Items.Of(Sets.Contains(frame.Run, Right.Evaluate(frame), one));
    }
}

/// <summary>`a | b`: all of both, each once.</summary>
internal sealed class UnionNode(Node left, Node right) : BinaryNode(left, right)
{
    public override Items Evaluate(in Frame frame)
    {
        var a = Left.Evaluate(frame);
        var b = Right.Evaluate(frame);
        return Sets.Union(frame.Run, a, b);
    }
}
