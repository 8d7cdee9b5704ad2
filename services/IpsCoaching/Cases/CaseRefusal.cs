using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Cases;

/// <summary>
/// A case that is not taken up: status <c>cancelled</c> with reason, guidance and whether the person was told, in the
/// first phase only. Zero exclusion: no reason speaks of readiness. Whoever asked is told by the Task.
/// </summary>
internal static class CaseRefusal
{
    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-refusal-reason"),
        ExtensionUrl = Canonicals.StructureDefinition("ips-refusal");

    private const string Reason = "reason", Guidance = "guidance", Informed = "patient-informed",
        Place = "EpisodeOfCare.extension('ips-refusal')";

    public static IEnumerable<FhirIssue> Faults(EpisodeOfCare episode, bool isCancelled, DateOnly today)
    {
        var refusal = episode.GetExtension(ExtensionUrl);
        if (!isCancelled)
        {
            if (refusal is not null)
                yield return Refusal.Issue(IssueType.Invariant, Place, "Only a cancelled case has a refusal.");
            yield break;
        }

        if (CasePhases.Of(episode).Any(phase => phase.Code != IpsPhase.Agreement.Code))
            yield return Refusal.Issue(IssueType.BusinessRule, "EpisodeOfCare.status",
                $"Past the phase {IpsPhase.Agreement.Code} a case is not refused any more: it is finished or goes on.");
        var reasons = IpsRules.InForceOn(today).RefusalReasons;
        if (refusal?.GetExtension(Reason)?.Value is not Coding coding || coding.System != SystemUrl
            || reasons.All(known => known.Code != coding.Code))
            yield return Refusal.Issue(IssueType.CodeInvalid, $"{Place}.extension('{Reason}')",
                $"Nobody is refused for lack of readiness, a diagnosis or substance use: the reason is one of "
                + $"{string.Join(", ", reasons.Select(known => known.Code))} of {SystemUrl}.");
        if (refusal?.GetExtension(Guidance)?.Value is not FhirString { Value.Length: > 0 })
            yield return Refusal.Issue(IssueType.Required, $"{Place}.extension('{Guidance}')",
                "What the person can do instead, in words.");
        if (refusal?.GetExtension(Informed)?.Value is not FhirBoolean { Value: not null })
            yield return Refusal.Issue(IssueType.Required, $"{Place}.extension('{Informed}')",
                "Whether the person was told.");
    }

    public static string? ReasonOf(EpisodeOfCare episode) =>
        (episode.GetExtension(ExtensionUrl)?.GetExtension(Reason)?.Value as Coding)?.Code;

    /// <summary>Tells those who asked: their Tasks become rejected, or accepted when it is taken back.</summary>
    public static async Task Tell(EpisodeOfCare episode, Access access, Session session)
    {
        var refusal = episode.GetExtension(ExtensionUrl);
        foreach (var order in episode.ReferralRequest)
        {
            if (!order.TryGetLocal(out var type, out var id)) continue;
            foreach (var task in await session.Resources.FindByReference<FhirTask>(access, "focus", type, id))
            {
                task.Status = refusal is null ? TaskStatus.Accepted : TaskStatus.Rejected;
                task.StatusReason = refusal is null ? null : Why(refusal);
                task.Output = refusal is null ? [] : [Output(refusal, Guidance), Output(refusal, Informed)];
                task.LastModifiedElement = new FhirDateTime(session.Now);
                await session.Resources.Update(access, task);
            }
        }
    }

    private static CodeableConcept Why(Extension refusal) =>
        new() { Coding = [((Coding)refusal.GetExtension(Reason)!.Value!).Clone()] };

    private static FhirTask.OutputComponent Output(Extension refusal, string what) => new()
    {
        Type = new CodeableConcept(Systems.TaskOutput, what), Value = refusal.GetExtension(what)!.Value!.Clone(),
    };
}
