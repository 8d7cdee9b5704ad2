using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.Referrals;

/// <summary>
/// What a <c>referral-request</c> may be: the closed table of (reason, Task.status, ServiceRequest.status). Everything
/// else is refused, as in NHS BaRS. Null is a message without a ServiceRequest.
/// </summary>
internal static class LegalReferrals
{
    private static readonly (string Reason, TaskStatus Task, RequestStatus?[] Request)[] Table =
    [
        (MessageReasons.New, TaskStatus.Requested, [RequestStatus.Active]),
        (MessageReasons.Update, TaskStatus.Requested, [RequestStatus.Active]),
        (MessageReasons.Confirm, TaskStatus.Requested, [null, RequestStatus.Active]),
        (MessageReasons.Cancel, TaskStatus.Cancelled, [null, RequestStatus.Revoked]),
        (MessageReasons.Cancel, TaskStatus.EnteredInError, [null, RequestStatus.EnteredInError]),
    ];

    /// <summary>The faults of a message whose focus is a Task; none when the table has its row.</summary>
    public static IEnumerable<FhirIssue> Faults(ReceivedMessage message, FhirTask task)
    {
        var ofReason = Table.Where(row => row.Reason == message.Reason).ToList();
        var ofTask = ofReason.Where(row => row.Task == task.Status).ToList();
        var request = message.Resolve<ServiceRequest>(task.Focus);
        var ofRequest = ofTask.SelectMany(row => row.Request).OfType<RequestStatus>().Select(s => s.GetLiteral());
        if (ofReason.Count == 0)
            yield return Illegal($"{message.PathOf(message.Header)}.reason",
                $"The reason is one of {Words(Table.Select(row => row.Reason))}.");
        else if (ofTask.Count == 0)
            yield return Illegal($"{message.PathOf(task)}.status",
                $"With reason {message.Reason} the Task is {Words(ofReason.Select(row => row.Task.GetLiteral()))}.");
        else if (request is not null && !ofTask.Exists(row => row.Request.Contains(request.Status)))
            yield return Illegal($"{message.PathOf(request)}.status",
                $"With reason {message.Reason} and this Task the ServiceRequest is {Words(ofRequest)}.");
    }

    private static string Words(IEnumerable<string> words) => string.Join(" or ", words.Distinct());

    private static FhirIssue Illegal(string path, string message) =>
        Refusal.Issue(IssueType.Invariant, path, message);
}
