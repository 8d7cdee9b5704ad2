using Fhir;
using IpsCoaching.Cases;
using ServiceKit.Rest;

namespace IpsCoaching.Outcomes;

/// <summary>A client's own view of life by REST. An answer is never rewritten, only withdrawn and recorded anew.</summary>
internal static class RecordOwnView
{
    private const string Path = "Observation";

    public static async Task<Refusal?> Check(Write<Observation> write)
    {
        var view = write.Proposed;
        if (write.Current is { } current)
            return CaseFact.WithdrawalFault(
                view, current, one => one.Status = ObservationStatus.EnteredInError) is { } fault
                ? Refusal.BadRequest(fault) : null;
        var fact = new CaseFact(
            (view.Subject, Path + ".subject"), (view.Effective as FhirDateTime, Path + ".effective"),
            (view.Performer is [var only] ? only : null, Path + ".performer"));
        return await fact.Check(write.Session, write.Access, HeadFaults(view));
    }

    private static IEnumerable<FhirIssue> HeadFaults(Observation view)
    {
        if (view.Status is not null and not ObservationStatus.Final)
            yield return Refusal.Issue(IssueType.Value, Path + ".status", "What the client has answered is final.");
        if (OwnView.QuestionOf(view) is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".code",
                $"One of {string.Join(", ", OwnView.Questions.Select(one => one.Code))} of {OwnView.SystemUrl}.");
        if (view.Value is not Integer { Value: >= OwnView.Least and <= OwnView.Most })
            yield return Refusal.Issue(IssueType.Value, Path + ".value",
                $"The answer as valueInteger from {OwnView.Least} (very badly) to {OwnView.Most} (very well).");
    }
}
