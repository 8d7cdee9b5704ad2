using Fhir.Json;
using Fhir.Path;

namespace Fhir.Validation;

/// <summary>
/// References: the type that they point to is one that the element allows, and what they say is in this Bundle or
/// resource is there, http://hl7.org/fhir/R4/references.html
/// </summary>
internal sealed class ReferenceRules(Run run, IssueCollector issues)
{
    public void Check(ResourceReference reference, ElementDef element)
    {
        // A missing contained resource is ref-1's fault.
        var target = reference.Reference is { } text ? run.FindLocal(text) : null;
        if (target is null && IsLost(reference.Reference))
            issues.Error(IssueType.NotFound, "reference-resolves: The Bundle has no entry with this fullUrl.", -1);
        var named = reference.Reference is null ? null : References.TypeIn(reference.Reference);
        if (reference.Type is { } type && (target?.TypeName ?? named) is { } actual && type != actual)
        {
            issues.Error(IssueType.Invariant,
                $"reference-type: The type says {Safe(type)}, the target is a {actual}.", -1);
        }
        if ((target?.TypeName ?? named ?? reference.Type) is { } known && !Allows(element, known))
        {
            issues.Error(IssueType.Invariant, $"reference-target: {element} may point to "
                + $"{string.Join(", ", element.Targets)}, not to {Safe(known)}.", -1);
        }
    }

    // A name of our own model only: `type` is a free text, which may hold anything.
    private static string Safe(string type) => ModelInfo.IsResourceType(type) ? type : "another type";

    private static bool Allows(ElementDef element, string type)
    {
        var targets = element.Targets;
        if (targets.Count == 0) return true;
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i] == type || targets[i] == "Resource") return true;
        }
        return false;
    }

    // Only these Bundles are whole in themselves; a search result may point out of itself.
    private bool IsLost(string? reference) =>
        reference is not null && reference.StartsWith("urn:uuid:", StringComparison.Ordinal)
        && run.Bundle?.Type is BundleType.Message or BundleType.Document or BundleType.Transaction;
}
