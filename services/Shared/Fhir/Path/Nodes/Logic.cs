namespace Fhir.Path.Nodes;

internal enum Logic
{
    And,
    Or,
    Xor,
    Implies,
}

/// <summary>
/// Three-valued logic, http://hl7.org/fhirpath/N1/#boolean-logic. What is decided by the left is not asked.
/// </summary>
internal sealed class LogicNode(Logic logic, Node left, Node right) : BinaryNode(left, right)
{
    public static Logic Parse(string name) => name switch
    {
        "and" => Logic.And,
        "or" => Logic.Or,
        "xor" => Logic.Xor,
        _ => Logic.Implies,
    };

    public override Items Evaluate(in Frame frame)
    {
        var a = Singleton.Bool(Left.Evaluate(frame));
        switch (logic)
        {
            case Logic.And when a == false: return Items.False;
            case Logic.Or when a == true: return Items.True;
            case Logic.Implies when a == false: return Items.True;
        }
        var b = Singleton.Bool(Right.Evaluate(frame));
        return Items.Of(logic switch
        {
            Logic.And => b == false ? false : a & b,
            Logic.Or => b == true ? true : a | b,
            Logic.Xor => a ^ b,
            _ => b == true ? true : a == true ? b : null,
        });
    }
}
