using Fhir;
using OccupationalHealth.Placement;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.Referrals;

/// <summary>
/// A clinician's own placement, in a referral or its update: the Task's performerType names the place, and a Provenance
/// with activity override-placement answers each objection, by its code and in words. An emergency is never overridden.
/// </summary>
internal static class OverridePlacement
{
    public static (PlacementDecision Decision, IReadOnlyList<FhirIssue> Faults) Apply(
        ReceivedMessage message, FhirTask task, PlacementDecision decision, PlacementRules rules)
    {
        var (provenance, faults) = Confirmation.Signed(message, task, Terms.OverridePlacement);
        if (provenance is null || decision.Facts.Emergency)
            return (decision, []);
        if (PlaceOf(task) is not { } place)
            return (decision, [.. faults, Refusal.Issue(IssueType.Required, $"{message.PathOf(task)}.performerType",
                $"It names the place of care instead, a code of {Terms.CarePlace}.")]);
        if (faults.Count > 0)
            return (decision, faults);

        var (overridden, unanswered) = new PlacementOverride(place, Answers(provenance)).Of(decision, rules);
        return (overridden ?? decision, [.. unanswered.Select(reason => Refusal.Issue(
            IssueType.BusinessRule, $"{message.PathOf(provenance)}.reason",
            $"An override answers the reason {reason.Code} in words: {reason.Text.En}"))]);
    }

    private static CarePlace? PlaceOf(FhirTask task) => task.PerformerType.SelectMany(type => type.Coding)
        .Where(coding => coding.System == Terms.CarePlace)
        .Select(coding => Codes.Parse<CarePlace>(coding.Code)).FirstOrDefault();

    private static Dictionary<string, string> Answers(Provenance provenance)
    {
        Dictionary<string, string> answers = new(StringComparer.Ordinal);
        foreach (var reason in provenance.Reason)
            if (!string.IsNullOrWhiteSpace(reason.Text))
                foreach (var coding in reason.Coding.Where(coding => coding.System == Terms.PlacementReason))
                    answers[coding.Code ?? ""] = reason.Text;
        return answers;
    }
}
