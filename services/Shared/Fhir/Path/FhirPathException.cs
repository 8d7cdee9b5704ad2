namespace Fhir.Path;

/// <summary>
/// An expression could not be evaluated: wrong kinds of operands, several items where one is needed, or a limit. The
/// message never holds a value of the resource.
/// </summary>
public sealed class FhirPathException(string message, bool isLimit = false) : Exception(message)
{
    /// <summary>True when a limit of steps, size or time ended the evaluation.</summary>
    public bool IsLimit { get; } = isLimit;
}
