namespace Fhir.Validation;

/// <summary>
/// R4's rules beyond structure: invariants, targets of references, and what the specification says of Bundles. Types,
/// cardinalities, lexical forms and required bindings are checked where a resource is read.
/// </summary>
public static class ResourceValidator
{
    /// <summary>
    /// Every fault and remark, in the order of the resource. `Invariant` is a rule of R4, with its key in front of the
    /// message; `TooCostly` means that the rules were not run to their end. No message holds a value. Thread-safe.
    /// </summary>
    public static IReadOnlyList<FhirIssue> Validate(Resource resource, ValidationOptions? options = null) =>
        new ValidationWalk(resource, options ?? ValidationOptions.Default).Run();
}
