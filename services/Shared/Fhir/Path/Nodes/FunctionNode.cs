using Fhir.Path.Functions;

namespace Fhir.Path.Nodes;

/// <summary>`a.f(x)`, or `f(x)` on the focus.</summary>
internal sealed class FunctionNode(Node? source, Function function, Node[] arguments) : Node
{
    public override int Depth { get; } =
        1 + Math.Max(DepthOf(source), arguments.Length == 0 ? 0 : arguments.Max(a => a.Depth));

    public bool IsResolve => function.Name == "resolve";

    public Items Input(in Frame frame) => source is null ? frame.Focus : source.Evaluate(frame);

    public Items Apply(in Frame frame, Items input) => function.Body(frame, input, arguments);

    public override Items Evaluate(in Frame frame)
    {
        frame.Run.Step();
        return function.Body(frame, Input(frame), arguments);
    }
}
