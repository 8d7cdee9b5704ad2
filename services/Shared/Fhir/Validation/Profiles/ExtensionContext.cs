namespace Fhir.Validation;

/// <summary>
/// Where an extension may stand: http://hl7.org/fhir/R4/defining-extensions.html#context. Contexts that are FHIRPath or
/// another extension are not looked at, and neither is what a profile narrows an element to.
/// </summary>
internal static class ExtensionContext
{
    /// <summary>The elements on which an extension may stand; null where that cannot be told here.</summary>
    public static string[]? Of(StructureDefinition definition) =>
        definition.Context.Count > 0 && definition.Context.TrueForAll(IsElement)
            ? [.. definition.Context.Select(context => context.Expression!)]
            : null;

    /// <param name="contexts">What the definition allows.</param>
    /// <param name="owner">The type of what holds the extension.</param>
    /// <param name="place">The element that this stands in; null for a resource.</param>
    public static bool Allows(string[] contexts, TypeDef owner, ElementDef? place) =>
        Array.Exists(contexts, context => context == "Element" || owner.Is(context) || IsAt(context, place));

    private static bool IsAt(string context, ElementDef? place) => place is not null
        && (context == $"{place.Owner.Name}.{place.Name}" || context == $"{place.Owner.Name}.{place.Name}[x]");

    private static bool IsElement(StructureDefinition.ContextComponent context) =>
        context is { Type: ExtensionContextType.Element, Expression: { } expression }
        && !expression.Contains('#', StringComparison.Ordinal);
}
