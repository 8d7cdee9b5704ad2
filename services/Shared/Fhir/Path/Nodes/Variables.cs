using Fhir.Path.Syntax;

namespace Fhir.Path.Nodes;

/// <summary>`$this`, `$index`, `$total`</summary>
internal sealed class VariableNode : Node
{
    private readonly string _name;

    private VariableNode(string name) => _name = name;

    public static VariableNode Make(Token token) => token.Text is "this" or "index" or "total"
        ? new(token.Text)
        : throw Lexer.Error(token.Position, $"there is no ${token.Text}");

    public override Items Evaluate(in Frame frame) => _name switch
    {
        "this" => frame.Focus,
        "index" => Items.One(frame.Index),
        _ => frame.Total,
    };
}

/// <summary>`%resource` and the other variables of the environment.</summary>
internal sealed class ExternalNode : Node
{
    private readonly string _name;

    private ExternalNode(string name) => _name = name;

    // http://hl7.org/fhir/R4/fhirpath.html#vars
    public static Node Make(string name) => name switch
    {
        "ucum" => Constant("http://unitsofmeasure.org"),
        "sct" => Constant("http://snomed.info/sct"),
        "loinc" => Constant("http://loinc.org"),
        ['v', 's', '-', .. var set] => Constant("http://hl7.org/fhir/ValueSet/" + set),
        ['e', 'x', 't', '-', .. var extension] => Constant("http://hl7.org/fhir/StructureDefinition/" + extension),
        _ => new ExternalNode(name),
    };

    private static LiteralNode Constant(string text) => new(Items.One(text));

    public override Items Evaluate(in Frame frame) => _name switch
    {
        "resource" => Items.One(frame.Run.Resource),
        "rootResource" => Items.One(frame.Run.Root),
        "context" => Items.One(frame.Run.Focus),
        _ => Items.One(frame.Run.Variable(_name)
            ?? throw new FhirPathException("The expression names a variable that is not given.")),
    };
}
