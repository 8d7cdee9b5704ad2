using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Career;

/// <summary>A wish about work by REST: it begins, and ends as <c>completed</c>, <c>cancelled</c> or in error.</summary>
public sealed class RecordWorkPreference : IWriteRule<Goal>
{
    private const string Path = "Goal";

    private static readonly GoalLifecycleStatus?[] Ends =
        [GoalLifecycleStatus.Completed, GoalLifecycleStatus.Cancelled, GoalLifecycleStatus.EnteredInError];

    public async Task<Refusal?> Check(Write<Goal> write, CancellationToken cancel)
    {
        var goal = write.Proposed;
        if (write.Current is { } current)
            return EndFaults(goal, current, FinnishTime.DateOf(write.Session.Now)).ToList() is { Count: > 0 } faults
                ? Refusal.BadRequest(faults) : null;
        var start = (goal.Start as Date)?.ToDateOnly() is { } day ? new FhirDateTime(CaseRule.Day(day)) : null;
        var fact = new CaseFact(
            (goal.Subject, Path + ".subject"), (start, Path + ".start"), (goal.ExpressedBy, Path + ".expressedBy"));
        return await fact.Check(write.Session, write.Access, NewFaults(goal));
    }

    private static IEnumerable<FhirIssue> NewFaults(Goal goal)
    {
        if (goal.LifecycleStatus is not null and not GoalLifecycleStatus.Active)
            yield return Refusal.Issue(IssueType.Value, Path + ".lifecycleStatus", "A new wish is active.");
        var about = WorkPreference.AboutOf(goal);
        if (about is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".category",
                $"What it is about: one of {string.Join(", ", WorkPreference.Abouts.Select(one => one.Code))} of "
                + $"{WorkPreference.SystemUrl}.");
        if (goal.Description is not { Text.Length: > 0 })
            yield return Refusal.Issue(IssueType.Required, Path + ".description.text", "The wish in words.");
        if (goal.Description?.Coding.Exists(coding => coding is not { System.Length: > 0, Code.Length: > 0 }) == true)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".description.coding",
                "An occupation has system and code (ISCO-08).");
    }

    private static IEnumerable<FhirIssue> EndFaults(Goal goal, Goal current, DateOnly today)
    {
        var (proposed, before) = (goal.Clone(), current.Clone());
        foreach (var one in (Goal[])[proposed, before])
            (one.Meta, one.LifecycleStatusElement, one.StatusDateElement, one.StatusReasonElement) =
                (null, null, null, null);
        if (current.LifecycleStatus is not GoalLifecycleStatus.Active || !Ends.Contains(goal.LifecycleStatus)
            || !proposed.DeepEquals(before))
            yield return Refusal.Issue(IssueType.BusinessRule, Path,
                "A wish is not rewritten: an active one becomes completed, cancelled or entered-in-error with a "
                + "statusDate, and the new wish is a Goal of its own.");
        if (goal.LifecycleStatus is GoalLifecycleStatus.EnteredInError) yield break;
        if (goal.StatusDateElement?.ToDateOnly() is not { } day)
            yield return Refusal.Issue(IssueType.Required, Path + ".statusDate", "The day on which it ended.");
        else if (day > today || day < WorkPreference.SinceOf(current))
            yield return Refusal.Issue(IssueType.Value, Path + ".statusDate",
                "The day is neither in the future nor before the first one.");
    }
}
