using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Messaging;
using ServiceKit.Rest;

namespace OccupationalHealth.Referrals;

/// <summary>Everything that keeps a referral from being placed, each with the place in the message.</summary>
internal static class ReferralFaults
{
    public static IReadOnlyList<FhirIssue> Of(ReceivedMessage message)
    {
        List<FhirIssue> faults = [.. OfHeader(message)];
        if (message.Focus<FhirTask>() is not { } task)
            return [.. faults, .. OfFacts(message)];

        faults.AddRange(OfTask(message, task));
        if (message.Resolve<ServiceRequest>(task.Focus) is { } request)
            faults.AddRange(OfRequest(message, task, request));
        faults.AddRange(OfFacts(message));
        faults.AddRange(OfSubjects(message, task));
        faults.AddRange(OfCoverages(message));
        return faults;
    }

    /// <summary>
    /// What every reason of this event needs: a sender that is known by an identifier, and the placer's number.
    /// </summary>
    public static IEnumerable<FhirIssue> OfHeader(ReceivedMessage message)
    {
        var path = message.PathOf(message.Header);
        var sender = message.Resolve<Organization>(message.Header.Sender);
        if (sender is null)
            yield return Required($"{path}.sender", "The sender is an Organization of the message.");
        else if (!IsIdentified(sender.Identifier))
            yield return Required(
                $"{message.PathOf(sender)}.identifier", "The sender has an identifier with a system.");

        if (message.Focus<FhirTask>() is not { } task)
            yield return Required($"{path}.focus", "The focus is a Task of the message.");
        else if (Referral.PlacerNumber(task) is null)
            yield return Required($"{message.PathOf(task)}.identifier",
                "The Task has the sender's own number: an identifier of type PLAC with system and value.");
    }

    private static IEnumerable<FhirIssue> OfTask(ReceivedMessage message, FhirTask task)
    {
        var path = message.PathOf(task);
        if (task.Intent is not TaskIntent.Order)
            yield return Invariant($"{path}.intent", "The intent is order.");
        if (task.Code?.Has(Terms.TaskCode, "fulfill") != true)
            yield return Invariant($"{path}.code", $"The code is fulfill of {Terms.TaskCode}.");
        if (message.Resolve<ServiceRequest>(task.Focus) is null)
            yield return Required($"{path}.focus", "The Task's focus is a ServiceRequest of the message.");
        if (message.Resolve<Group>(task.For) is not null)
            yield return Invariant($"{path}.for", "A referral is about a person; a group has no placement.");
        else if (message.Resolve<Patient>(task.For) is not { } patient)
            yield return Required($"{path}.for", "The Task is for a Patient of the message.");
        else if (!IsIdentified(patient.Identifier))
            yield return Required($"{message.PathOf(patient)}.identifier", "The Patient has an identifier.");
        if (message.Resolve<Resource>(task.Requester) is not (PractitionerRole or Practitioner or Organization))
            yield return Required($"{path}.requester",
                "The requester is a PractitionerRole, Practitioner or Organization of the message.");
        if (task.AuthoredOnElement is null)
            yield return Required($"{path}.authoredOn", "The Task tells when it was written.");
    }

    private static IEnumerable<FhirIssue> OfRequest(ReceivedMessage message, FhirTask task, ServiceRequest request)
    {
        var path = message.PathOf(request);
        if (request.Intent is not RequestIntent.Order)
            yield return Invariant($"{path}.intent", "The intent is order.");
        if (message.Resolve<Patient>(request.Subject) is not { } subject)
            yield return Required($"{path}.subject", "The subject is a Patient of the message.");
        else if (message.Resolve<Patient>(task.For) is { } patient && !ReferenceEquals(subject, patient))
            yield return Invariant($"{path}.subject", "The subject is the Patient that the Task is for.");

        foreach (var fault in Unresolved<Condition>(message, request.ReasonReference, $"{path}.reasonReference")
            .Concat(Unresolved<Resource>(message, request.SupportingInfo, $"{path}.supportingInfo"))
            .Concat(Unresolved<Coverage>(message, request.Insurance, $"{path}.insurance")))
            yield return fault;
    }

    private static IEnumerable<FhirIssue> OfFacts(ReceivedMessage message)
    {
        foreach (var observation in message.Bundle.All<Observation>())
        {
            var path = message.PathOf(observation);
            foreach (var coding in observation.Code?.Coding.Where(c => c.System == Terms.PlacementFact) ?? [])
            {
                if (FactReading.Known.TryGetValue(coding.Code ?? "", out var isWellFormed))
                {
                    if (!isWellFormed(observation.Value))
                        yield return Refusal.Issue(IssueType.Value, $"{path}.value",
                            $"The value of '{coding.Code}' is not of the type, unit or code that this fact has.");
                }
                else
                {
                    yield return Refusal.Issue(IssueType.CodeInvalid, $"{path}.code.coding.code",
                        $"The facts are {string.Join(", ", FactReading.Known.Keys)}.");
                }

                if (coding.Code == "care-level"
                    && FactReading.CodeOf(observation.Value, Terms.CareLevel) == CareLevel.Level1.Code())
                    yield return Invariant($"{path}.value", "Level 1 concerns a workplace, not a person.");
            }
        }
    }

    // A fact, a diagnosis or an answer of somebody else would decide where this person is cared for, and cross with it.
    private static IEnumerable<FhirIssue> OfSubjects(ReceivedMessage message, FhirTask task)
    {
        if (message.Resolve<Patient>(task.For) is not { } person)
            yield break;
        var subjects = message.Content.Select(resource => (Resource: resource, Subject: resource switch
        {
            Condition condition => condition.Subject,
            Observation observation => observation.Subject,
            QuestionnaireResponse response => response.Subject,
            _ => null,
        }));
        foreach (var (resource, subject) in subjects)
            if (message.Resolve<Patient>(subject) is { } other && !ReferenceEquals(other, person))
                yield return Invariant(
                    $"{message.PathOf(resource)}.subject", "The subject is the Patient that the Task is for.");
    }

    private static IEnumerable<FhirIssue> OfCoverages(ReceivedMessage message)
    {
        foreach (var coverage in message.Bundle.All<Coverage>())
        {
            var payors = coverage.Payor.Select(message.Resolve<Organization>).OfType<Organization>().ToList();
            if (!payors.Exists(payor => IsIdentified(payor.Identifier)))
                yield return Required($"{message.PathOf(coverage)}.payor",
                    "The payor is the employer: an Organization of the message with an identifier.");
        }
    }

    private static IEnumerable<FhirIssue> Unresolved<T>(
        ReceivedMessage message, List<ResourceReference> references, string path) where T : Resource =>
        references.Select((reference, i) => (reference, i))
            .Where(item => message.Resolve<T>(item.reference) is null)
            .Select(item => Refusal.Issue(
                IssueType.NotFound, $"{path}[{item.i}]", "The reference names nothing of this kind in the message."));

    private static bool IsIdentified(List<Identifier> identifiers) =>
        identifiers.Exists(identifier => identifier is { System: not null, Value: not null });

    private static FhirIssue Required(string path, string message) =>
        Refusal.Issue(IssueType.Required, path, message);

    private static FhirIssue Invariant(string path, string message) =>
        Refusal.Issue(IssueType.Invariant, path, message);
}
