using System.Globalization;
using Fhir.Path.Functions;
using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Syntax;

/// <summary>Builds the tree by precedence climbing, http://hl7.org/fhirpath/N1/#operator-precedence.</summary>
internal sealed class Parser
{
    private const int LongestText = 32 * 1024;
    private const int MaxDepth = 200;

    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    public Parser(string text)
    {
        if (text.Length > LongestText) throw Lexer.Error(LongestText, "the expression is too long");
        _tokens = new Lexer(text).ReadAll();
    }

    private Token Now => _tokens[_at];

    public Node ReadAll()
    {
        var result = ReadExpression();
        return Now.Kind == TokenKind.End ? result : throw Unexpected();
    }

    private FormatException Unexpected() => Lexer.Error(Now.Position,
        Now.Kind == TokenKind.End ? "the expression ends too early" : $"'{Now.Text}' is not expected here");

    private bool Take(string symbol)
    {
        if (!Now.Is(symbol)) return false;
        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Unexpected();
    }

    private Node Checked(Node node, int position) => node.Depth <= MaxDepth
        ? node
        : throw Lexer.Error(position, "the expression is nested too deeply");

    private Node ReadExpression(int least = 1)
    {
        if (++_depth > MaxDepth) throw Lexer.Error(Now.Position, "the expression is nested too deeply");
        var left = ReadUnary();
        while (Now.Kind is TokenKind.Symbol or TokenKind.Identifier && Operators.Precedence(Now.Text) >= least)
        {
            var (name, position) = (Now.Text, Now.Position);
            _at++;
            left = name is "is" or "as"
                ? TypeOperator(name, left, ReadType())
                : Operators.Make(name, left, ReadExpression(Operators.Precedence(name) + 1));
            Checked(left, position);
        }
        _depth--;
        return left;
    }

    private Node ReadUnary()
    {
        if (Take("+")) return ReadNested(negates: false);
        return Take("-") ? ReadNested(negates: true) : ReadPath();
    }

    private PolarityNode ReadNested(bool negates)
    {
        if (++_depth > MaxDepth) throw Lexer.Error(Now.Position, "the expression is nested too deeply");
        var operand = ReadUnary();
        _depth--;
        return new(operand, negates);
    }

    private Node ReadPath()
    {
        var result = ReadTerm();
        while (true)
        {
            var position = Now.Position;
            if (Take("."))
            {
                result = ReadInvocation(result);
            }
            else if (Take("["))
            {
                result = new IndexerNode(result, ReadExpression());
                Expect("]");
            }
            else
            {
                return result;
            }
            Checked(result, position);
        }
    }

    private Node ReadTerm()
    {
        var token = Now;
        switch (token.Kind)
        {
            case TokenKind.Identifier when token.Text is "true" or "false":
                _at++;
                return new LiteralNode(Items.Of(token.Text == "true"));
            case TokenKind.Identifier when Operators.IsReserved(token.Text):
                throw Unexpected();
            case TokenKind.Identifier or TokenKind.Quoted:
                return ReadInvocation(null);
            case TokenKind.String:
                _at++;
                return new LiteralNode(Items.One(token.Text));
            case TokenKind.Number:
                return ReadNumber();
            case TokenKind.Date:
                _at++;
                return new LiteralNode(Items.One(PathDate.ParseLiteral(token.Text)
                    ?? throw Lexer.Error(token.Position, "not a date or time")));
            case TokenKind.External:
                _at++;
                return ExternalNode.Make(token.Text);
            case TokenKind.Variable:
                _at++;
                return VariableNode.Make(token);
        }
        if (Take("{"))
        {
            Expect("}");
            return new LiteralNode(default);
        }
        Expect("(");
        var inner = ReadExpression();
        Expect(")");
        return inner;
    }

    private LiteralNode ReadNumber()
    {
        var token = Now;
        _at++;
        if (!decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw Lexer.Error(token.Position, "the number is too large");
        if (Now.Kind == TokenKind.String || (Now.Kind == TokenKind.Identifier && CalendarUnits.IsUnit(Now.Text)))
        {
            var unit = Now;
            _at++;
            return new(Items.One(new PathQuantity(number, unit.Text, unit.Kind == TokenKind.Identifier)));
        }
        if (token.Text.Contains('.', StringComparison.Ordinal)) return new(Items.One(number));
        return number <= int.MaxValue
            ? new(Items.One((int)number))
            : throw Lexer.Error(token.Position, "the number is too large for an integer");
    }

    // Behind a point every name is an element's, so `contains` and `is` need no quotes there.
    private Node ReadInvocation(Node? source)
    {
        var name = Now;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.Quoted)) throw Unexpected();
        _at++;
        if (name.Kind == TokenKind.Identifier && Take("(")) return ReadFunction(source, name);
        return source is null && name.Text is [>= 'A' and <= 'Z', ..]
            ? new TypeFilterNode(name.Text)
            : new ChildNode(source, name.Text);
    }

    private Node ReadFunction(Node? source, Token name)
    {
        if (name.Text is "is" or "as" or "ofType")
        {
            var type = ReadType();
            Expect(")");
            return TypeOperator(name.Text, source, type);
        }
        if (!FunctionTable.TryGet(name.Text, out var function))
            throw Lexer.Error(name.Position, $"there is no function {name.Text}()");
        var arguments = new List<Node>();
        if (!Take(")"))
        {
            do
            {
                var argument = ReadExpression();
                if (name.Text == "sort") argument = ReadDirection(argument);
                arguments.Add(argument);
            }
            while (Take(","));
            Expect(")");
        }
        if (arguments.Count < function.Min || arguments.Count > function.Max)
            throw Lexer.Error(name.Position, $"{name.Text}() has another number of parameters");
        return new FunctionNode(source, function, [.. arguments]);
    }

    private Node ReadDirection(Node argument)
    {
        if (Take("desc")) return new PolarityNode(argument, negates: true);
        Take("asc");
        return argument;
    }

    private static Node TypeOperator(string name, Node? source, TypeName type)
    {
        if (name != "is") return new OfTypeNode(source, type);
        return source is FunctionNode { IsResolve: true } resolve
            ? new ResolvesToNode(resolve, type)
            : new IsNode(source, type);
    }

    private TypeName ReadType()
    {
        var position = Now.Position;
        var name = ReadTypePart();
        var type = name is TypeName.OfFhir or TypeName.OfSystem && Take(".")
            ? new TypeName(name, ReadTypePart())
            : new TypeName(null, name);
        return type.Exists ? type : throw Lexer.Error(position, $"there is no type {type}");
    }

    private string ReadTypePart()
    {
        if (Now.Kind is not (TokenKind.Identifier or TokenKind.Quoted)) throw Unexpected();
        return _tokens[_at++].Text;
    }
}
