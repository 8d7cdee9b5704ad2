using Fhir;
using Fhir.Json;
using Messages;

namespace ServiceKit.Rest;

/// <summary>Why a request is not carried out: an HTTP status, a code that says whose fault it is, and every fault found.</summary>
/// <param name="Status">The HTTP status, 400 to 599.</param>
/// <param name="Code">A code of <see cref="Systems.Error"/>, such as <c>REC_BAD_REQUEST</c>.</param>
/// <param name="Issues">At least one; messages hold no personal data.</param>
public sealed record Refusal(int Status, string Code, IReadOnlyList<FhirIssue> Issues)
{
    /// <summary>400: faults in what was sent.</summary>
    public static Refusal BadRequest(params IReadOnlyList<FhirIssue> issues) => new(400, "REC_BAD_REQUEST", issues);

    /// <summary>
    /// What is wrong with something that breaks rules of R4 and perhaps of ours: all in one answer, ours first, and no
    /// place twice for the same. Null where nothing is wrong. What contradicts the store, or is not there, goes alone.
    /// </summary>
    /// <param name="ours">What our own rules say.</param>
    /// <param name="faults">Faults by the rules of R4.</param>
    public static Refusal? Together(Refusal? ours, IReadOnlyList<FhirIssue> faults)
    {
        if (faults.Count == 0) return ours;
        IReadOnlyList<FhirIssue> first = ours is { Status: 400 or 422 } ? ours.Issues : [];
        return BadRequest([.. first, .. faults.Where(fault =>
            !first.Any(one => one.Code == fault.Code && IsWithin(one.Expression, fault.Expression)))]);
    }

    private static bool IsWithin(string place, string outer) =>
        place == outer || place.StartsWith(outer + ".", StringComparison.Ordinal);

    /// <summary>400 with issue <c>invariant</c>: a combination that the closed tables do not hold.</summary>
    public static Refusal Illegal(string expression, string message) =>
        BadRequest(Issue(IssueType.Invariant, expression, message));

    /// <summary>409: it contradicts what is stored.</summary>
    public static Refusal Conflict(string expression, string message) =>
        new(409, "SEND_CONFLICT", [Issue(IssueType.Conflict, expression, message)]);

    /// <summary>409 <c>duplicate</c>: ids that were used before for something else.</summary>
    public static Refusal Duplicate(string message) =>
        new(409, "SEND_CONFLICT", [Issue(IssueType.Duplicate, "Bundle", message)]);

    /// <summary>404.</summary>
    public static Refusal NotFound(string message) =>
        new(404, "SEND_NOT_FOUND", [Issue(IssueType.NotFound, "", message)]);

    /// <summary>401: the request did not come through the gateway, which knows who asks.</summary>
    public static Refusal Unknown { get; } = new(401, "SEND_UNAUTHORIZED",
        [Issue(IssueType.Login, "", "Requests come through the gateway.")]);

    /// <summary>An error-level issue. <paramref name="expression"/> is FHIRPath, empty where no element is meant.</summary>
    public static FhirIssue Issue(IssueType code, string expression, string message) =>
        new(IssueSeverity.Error, code, expression, message, -1);

    /// <summary>The refusal as R4 tells it.</summary>
    public OperationOutcome ToOutcome()
    {
        var outcome = new OperationOutcome();
        foreach (var issue in Issues)
        {
            var component = new OperationOutcome.IssueComponent
            {
                Severity = issue.Severity, Code = issue.Code, Diagnostics = issue.Message,
                Details = new CodeableConcept(Systems.Error, Code),
            };
            if (issue.Expression.Length > 0) component.ExpressionElement.Add(new FhirString(issue.Expression));
            outcome.Issue.Add(component);
        }

        return outcome;
    }
}
