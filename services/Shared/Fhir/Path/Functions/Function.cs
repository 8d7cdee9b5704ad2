using Fhir.Path.Nodes;

namespace Fhir.Path.Functions;

/// <summary>
/// What a function does with its input. Arguments are not evaluated yet: it may need them for each item.
/// </summary>
internal delegate Items FunctionBody(in Frame frame, Items input, Node[] arguments);

/// <summary>A function of FHIRPath.</summary>
/// <param name="Min">Least number of arguments.</param>
/// <param name="Max">Greatest number of arguments.</param>
internal sealed record Function(string Name, int Min, int Max, FunctionBody Body);
