namespace Fhir;

/// <summary>
/// One fault or remark. The message names the element and the form that it should have, never the value, which may
/// tell about a person.
/// </summary>
/// <param name="Severity">Fatal and Error mean that the content is refused.</param>
/// <param name="Code">HL7's kind of issue.</param>
/// <param name="Expression">FHIRPath to the place: `Bundle.entry[1].resource.status`.</param>
/// <param name="Message">English, for developers and logs.</param>
/// <param name="BytePosition">Offset in the received bytes, or -1 when there are none.</param>
public sealed record FhirIssue(
    IssueSeverity Severity, IssueType Code, string Expression, string Message, long BytePosition = -1)
{
    /// <summary>True when the issue refuses the content.</summary>
    public bool IsError => Severity is IssueSeverity.Fatal or IssueSeverity.Error;
}
