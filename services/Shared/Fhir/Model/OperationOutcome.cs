namespace Fhir;

public partial class OperationOutcome
{
    /// <summary>One issue per fault; with none, the informational "all OK" that R4 asks for.</summary>
    public static OperationOutcome From(IEnumerable<FhirIssue> issues)
    {
        var outcome = new OperationOutcome { Issue = [.. issues.Select(ToComponent)] };
        if (outcome.Issue.Count == 0)
        {
            outcome.Issue.Add(new()
            {
                Severity = IssueSeverity.Information,
                Code = IssueType.Informational,
                Diagnostics = "No issues.",
            });
        }
        return outcome;
    }

    private static IssueComponent ToComponent(FhirIssue issue) => new()
    {
        Severity = issue.Severity,
        Code = issue.Code,
        Diagnostics = issue.BytePosition < 0 ? issue.Message : $"{issue.Message} (at byte {issue.BytePosition})",
        Expression = issue.Expression.Length == 0 ? [] : [issue.Expression],
    };
}
