using ServiceKit.Storage;

namespace ServiceKit.Audit;

/// <summary>That somebody was shown something.</summary>
/// <param name="At">When, in microseconds since 1970 UTC.</param>
/// <param name="Interaction">A code of http://hl7.org/fhir/restful-interaction, or an operation with its dollar sign.</param>
/// <param name="Id">Null where an operation is not about one resource.</param>
/// <param name="Request">The id of the request, by which it is found in other logs.</param>
public sealed record AccessRow(
    long At, Access Access, string Interaction, string Type, string? Id, long? Version, string? Request);
