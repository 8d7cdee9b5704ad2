using Fhir.Path.Nodes;

namespace Fhir.Path.Syntax;

/// <summary>Binary operators: how strongly they bind, and their nodes.</summary>
internal static class Operators
{
    /// <summary>The greater, the stronger; 0 for what is no operator.</summary>
    public static int Precedence(string name) => name switch
    {
        "implies" => 1,
        "or" or "xor" => 2,
        "and" => 3,
        "in" or "contains" => 4,
        "=" or "~" or "!=" or "!~" => 5,
        "<" or ">" or "<=" or ">=" => 6,
        "|" => 7,
        "is" or "as" => 8,
        "+" or "-" or "&" => 9,
        "*" or "/" or "div" or "mod" => 10,
        _ => 0,
    };

    /// <summary>Words that cannot start a term unless they are quoted.</summary>
    public static bool IsReserved(string name) => name is "implies" or "or" or "xor" or "and" or "div" or "mod";

    public static Node Make(string name, Node left, Node right) => name switch
    {
        "implies" or "or" or "xor" or "and" => new LogicNode(LogicNode.Parse(name), left, right),
        "in" => new MembershipNode(left, right),
        "contains" => new MembershipNode(right, left),
        "=" or "!=" => new EqualityNode(left, right, name == "!="),
        "~" or "!~" => new EquivalenceNode(left, right, name == "!~"),
        "|" => new UnionNode(left, right),
        "<" or ">" or "<=" or ">=" => new ComparisonNode(left, right, name),
        _ => new ArithmeticNode(left, right, name),
    };
}
