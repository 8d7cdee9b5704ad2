using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.Referrals;

/// <summary>
/// A placement is a proposal until a named licensed professional confirms it: a Provenance that says so.
/// </summary>
internal static class Confirmation
{
    /// <summary>The Provenance, if the message has one, and what keeps it from confirming.</summary>
    public static (Provenance? Provenance, IReadOnlyList<FhirIssue> Faults) Read(
        ReceivedMessage message, FhirTask task) =>
        Signed(message, task, Terms.ConfirmPlacement);

    /// <summary>The Provenance by which a named professional answers for an activity, and what it lacks.</summary>
    public static (Provenance? Provenance, IReadOnlyList<FhirIssue> Faults) Signed(
        ReceivedMessage message, FhirTask task, string activity)
    {
        var provenance = message.Bundle.All<Provenance>().FirstOrDefault(p =>
            p.Activity?.Has(Terms.ProvenanceActivity, activity) == true);
        return provenance is null ? (null, []) : (provenance, [.. Faults(message, provenance, task)]);
    }

    private static IEnumerable<FhirIssue> Faults(ReceivedMessage message, Provenance provenance, FhirTask task)
    {
        var path = message.PathOf(provenance);
        if (!provenance.Target.Exists(target => ReferenceEquals(message.Resolve<FhirTask>(target), task)))
            yield return Refusal.Issue(
                IssueType.Invariant, $"{path}.target", "Its target is the Task of the message.");
        if (provenance.Agent.Exists(agent => IsNamed(Professional(message, agent.Who))))
            yield break;
        for (var i = 0; i < provenance.Agent.Count; i++)
            yield return Refusal.Issue(IssueType.Invariant, $"{path}.agent[{i}].who",
                "A placement is confirmed or overridden by a named professional: a Practitioner, or a PractitionerRole "
                + "with one, that has an identifier and a name.");
    }

    private static Practitioner? Professional(ReceivedMessage message, ResourceReference? who) =>
        message.Resolve<Practitioner>(who)
        ?? message.Resolve<Practitioner>(message.Resolve<PractitionerRole>(who)?.Practitioner);

    private static bool IsNamed(Practitioner? professional) =>
        professional is not null
        && professional.Identifier.Exists(identifier => identifier is { System: not null, Value: not null })
        && professional.Name.Exists(name => !string.IsNullOrWhiteSpace(name.Text ?? name.Family));
}
