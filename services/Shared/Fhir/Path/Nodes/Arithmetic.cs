using Fhir.Path.Values;

namespace Fhir.Path.Nodes;

/// <summary>`+ - * / div mod &amp;`</summary>
internal sealed class ArithmeticNode(Node left, Node right, string name) : BinaryNode(left, right)
{
    public override Items Evaluate(in Frame frame)
    {
        var a = Singleton.Value(Left.Evaluate(frame));
        var b = Singleton.Value(Right.Evaluate(frame));
        if (name == "&") return Items.One(Join(frame.Run, TextOrEmpty(a), TextOrEmpty(b)));
        if (a is null || b is null) return default;
        if (name == "+" && a is string x && b is string y) return Items.One(Join(frame.Run, x, y));
        return Items.One(Calculator.Apply(name, a, b));
    }

    private static string TextOrEmpty(object? value) => value switch
    {
        null => "",
        string text => text,
        _ => throw new FhirPathException("& needs strings."),
    };

    private static string Join(Run run, string a, string b)
    {
        Run.Fits((long)a.Length + b.Length);
        return run.Made(a + b);
    }
}

/// <summary>`-a` and `+a`</summary>
internal sealed class PolarityNode(Node operand, bool negates) : Node
{
    public Node Operand => operand;

    public bool Negates => negates;

    public override int Depth { get; } = 1 + operand.Depth;

    public override Items Evaluate(in Frame frame) => Singleton.Value(operand.Evaluate(frame)) switch
    {
        null => default,
        int number => Items.One(negates ? number == int.MinValue ? null : -number : number),
        decimal number => Items.One(negates ? -number : number),
        PathQuantity quantity => Items.One(negates ? quantity with { Value = -quantity.Value } : quantity),
        _ => throw new FhirPathException("Only a number can have a sign."),
    };
}
