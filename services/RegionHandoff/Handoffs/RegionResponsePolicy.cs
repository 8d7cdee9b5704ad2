using Fhir;
using Messages;
using ServiceKit.Rest;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Handoffs;

/// <summary>What a region's answer must hold, whatever it answers to. Every fault is listed.</summary>
public static class RegionResponsePolicy
{
    /// <summary>Why a region turns a handoff down.</summary>
    public const string RejectionReason = Canonicals.Base + "/CodeSystem/rejection-reason";

    /// <param name="answer">The Task that the region sent.</param>
    /// <param name="path">Its FHIRPath in the message.</param>
    public static IEnumerable<FhirIssue> Faults(FhirTask answer, string path)
    {
        if (HandoffTask.Placer(answer).Count == 0 && HandoffTask.Journey(answer) is null)
            yield return Refusal.Issue(IssueType.Required, $"{path}.identifier",
                "Name the handoff by the placer's number (identifier of type PLAC) or the journey (groupIdentifier).");
        if (!HandoffState.IsOf(Side.Owner, answer.Status!.Value))
            yield return Refusal.Issue(IssueType.Invariant, $"{path}.status",
                "A region sets received, accepted, rejected, in-progress, on-hold, failed or completed; "
                + "the other statuses are the requester's.");
        if (answer.Output.Exists(output => output.Value is ResourceReference))
            yield return Refusal.Issue(IssueType.NotSupported, $"{path}.output",
                "Outputs of a handoff-response are values; documents and findings come as handoff-feedback.");
        if (answer.Status != TaskStatus.Rejected) yield break;
        if (answer.StatusReason?.Coding.Exists(c => c is { System: RejectionReason, Code: not null }) != true)
            yield return Refusal.Issue(IssueType.Required, $"{path}.statusReason",
                $"A rejection needs its reason as a code of {RejectionReason}.");
        if (Output<FhirString>(answer, "guidance") is not { Value.Length: > 0 })
            yield return Refusal.Issue(IssueType.Required, $"{path}.output",
                $"A rejection needs guidance: an output of type {Systems.TaskOutput}#guidance with a valueString.");
        if (Output<FhirBoolean>(answer, "patient-informed") is not { Value: not null })
            yield return Refusal.Issue(IssueType.Required, $"{path}.output",
                "A rejection says whether the patient was told: "
                + $"an output of type {Systems.TaskOutput}#patient-informed with a valueBoolean.");
    }

    private static T? Output<T>(FhirTask task, string code) where T : DataType =>
        task.Output.Find(output => output.Type?.Has(Systems.TaskOutput, code) == true)?.Value as T;
}
