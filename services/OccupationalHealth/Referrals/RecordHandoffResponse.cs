using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// <c>handoff-response</c>: what the region has answered. Task and plan follow; the follow-up stays where it is.
/// </summary>
public sealed class RecordHandoffResponse : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (message.Focus<FhirTask>() is not { } told)
            return new MessageResult.Refused(Refusal.BadRequest(Refusal.Issue(
                IssueType.Required, $"{message.PathOf(message.Header)}.focus", "The focus is a Task of the message.")));
        if (Faults(message, told).ToList() is { Count: > 0 } faults)
            return new MessageResult.Refused(Refusal.BadRequest(faults));
        if (await KnownReferrals.Find(session, message.Access, told) is not { } care)
            return KnownReferrals.Unknown();
        if (care.Status == told.Status && told.Status is not TaskStatus.InProgress
            || care.Status != told.Status && !TaskMoves.IsAllowed(care.Status, told.Status, TaskSide.Owner))
            return new MessageResult.Refused(Refusal.Conflict($"{message.PathOf(told)}.status",
                $"A Task that is {care.Status!.Value.GetLiteral()} cannot become {told.Status!.Value.GetLiteral()}."));

        care.Status = told.Status;
        care.StatusReason = told.StatusReason;
        care.BusinessStatus = told.BusinessStatus ?? care.BusinessStatus;
        care.LastModifiedElement = told.LastModifiedElement ?? new FhirDateTime(session.Now);
        care.Output.AddRange(told.Output
            .Where(output => output.Value is not ResourceReference && !care.Output.Exists(o => o.DeepEquals(output)))
            .Select(output => output.Clone()));
        await session.Resources.Update(message.Access, care);

        var plan = await CarePlans.Of(session, message.Access, care);
        CarePlans.Follow(plan, care.Status);
        await session.Resources.Update(message.Access, plan);
        return MessageResult.Done;
    }

    // A person who is returned must not fall between two units (TEO 4/2006): reason, guidance, and who was told.
    private static IEnumerable<FhirIssue> Faults(ReceivedMessage message, FhirTask told)
    {
        var path = message.PathOf(told);
        if (Referral.PlacerNumber(told) is null)
            yield return Refusal.Issue(
                IssueType.Required, $"{path}.identifier", "The Task has the number that its placer gave it.");
        if (told.Status is not TaskStatus.Rejected)
            yield break;
        if (told.StatusReason?.Coding.Exists(c => c is { System: Terms.RejectionReason, Code: not null }) != true)
            yield return Refusal.Issue(
                IssueType.Required, $"{path}.statusReason", $"A rejection has a code of {Terms.RejectionReason}.");
        if (!Has<FhirString>(told, "guidance"))
            yield return Refusal.Issue(
                IssueType.Required, $"{path}.output", "A rejection has guidance for the sender (output guidance).");
        if (!Has<FhirBoolean>(told, "patient-informed"))
            yield return Refusal.Issue(IssueType.Required, $"{path}.output",
                "A rejection tells whether the person was told (output patient-informed).");
    }

    private static bool Has<T>(FhirTask task, string output) where T : DataType =>
        task.Output.Exists(o => o.Type?.Has(Systems.TaskOutput, output) == true && o.Value is T);
}
