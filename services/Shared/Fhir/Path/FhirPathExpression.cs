using Fhir.Path.Nodes;
using Fhir.Path.Syntax;
using Fhir.Path.Values;

namespace Fhir.Path;

/// <summary>
/// A FHIRPath expression (N1, http://hl7.org/fhirpath/N1), with the functions that R4 adds and those of the later
/// ballots that HL7's tests use. Immutable and safe for many threads.
/// </summary>
public sealed class FhirPathExpression
{
    private readonly Node _root;

    private FhirPathExpression(string text, Node root) => (Text, _root) = (text, root);

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>Parses without the cache of <see cref="FhirPath.Compile"/>.</summary>
    /// <exception cref="FormatException">
    /// Not FHIRPath, an unknown function or type, or too long or deep; the message says where.
    /// </exception>
    public static FhirPathExpression Parse(string text) => new(text, new Parser(text).ReadAll());

    /// <summary>
    /// All results in order: <see cref="Base"/> for what stands in the resource; bool, int, decimal, string,
    /// <see cref="PathDate"/>, <see cref="PathQuantity"/> or <see cref="PathType"/> for what was computed.
    /// </summary>
    /// <exception cref="FhirPathException">The expression does not fit the content, or met a limit.</exception>
    public IReadOnlyList<object> Evaluate(Base? focus, FhirPathContext? context = null) =>
        Evaluate(new Run(focus, context ?? FhirPathContext.Default), focus).ToArray();

    /// <summary>True when the result is the single value true, as a rule demands; an empty result is not.</summary>
    /// <exception cref="FhirPathException">The expression does not fit the content, or met a limit.</exception>
    public bool IsTrue(Base? focus, FhirPathContext? context = null) =>
        IsTrue(new Run(focus, context ?? FhirPathContext.Default), focus);

    /// <summary>
    /// The elements and resources that the expression selects, in order; computed values are left out.
    /// </summary>
    /// <exception cref="FhirPathException">The expression does not fit the content, or met a limit.</exception>
    public IReadOnlyList<Base> Find(Base focus, FhirPathContext? context = null)
    {
        var items = Evaluate(new Run(focus, context ?? FhirPathContext.Default), focus);
        if (items.IsEmpty) return [];
        var found = new List<Base>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is Base item) found.Add(item);
        }
        return found;
    }

    internal Items Evaluate(Run run, Base? focus) => _root.Evaluate(new Frame(run, Items.One(focus), 0, default));

    internal bool IsTrue(Run run, Base? focus) => Singleton.Bool(Evaluate(run, focus)) == true;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
