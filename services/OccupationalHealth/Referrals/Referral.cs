using Fhir;
using Messages;
using ServiceKit.Messaging;

namespace OccupationalHealth.Referrals;

/// <summary>The parts of a referral that were found whole (<see cref="ReferralFaults"/>).</summary>
internal sealed record Referral(
    FhirTask Task,
    ServiceRequest Request,
    Patient Patient,
    Organization Sender,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<Observation> Observations,
    IReadOnlyList<QuestionnaireResponse> Answers,
    IReadOnlyList<Coverage> Coverages,
    Communication? PhoneHandover)
{
    /// <summary>Reads a message in which <see cref="ReferralFaults"/> found nothing.</summary>
    public static Referral Of(ReceivedMessage message)
    {
        var task = message.Focus<FhirTask>()!;
        var request = message.Resolve<ServiceRequest>(task.Focus)!;
        return new Referral(
            task,
            request,
            message.Resolve<Patient>(task.For)!,
            message.Resolve<Organization>(message.Header.Sender)!,
            [.. Resolved<Condition>(message, request.ReasonReference)],
            // A fact counts wherever it stands in the message: an emergency must not hang on one reference.
            [.. message.Bundle.All<Observation>().Where(IsValid)],
            [.. message.Bundle.All<QuestionnaireResponse>().Where(IsValid)],
            // Those of the request come first, in its order, which is the worker's preference.
            [.. Resolved<Coverage>(message, request.Insurance).Union(message.Bundle.All<Coverage>())],
            message.Bundle.All<Communication>().FirstOrDefault(IsPhoneHandover));
    }

    /// <summary>The placer's own number of a Task (type PLAC), or null.</summary>
    public static Identifier? PlacerNumber(FhirTask task) => task.Identifier.Find(identifier =>
        identifier is { System: not null, Value: not null }
        && identifier.Type?.Has(Systems.IdentifierType, "PLAC") == true);

    private static IEnumerable<T> Resolved<T>(ReceivedMessage message, IEnumerable<ResourceReference> references)
        where T : Resource => references.Select(message.Resolve<T>).OfType<T>();

    private static bool IsValid(Observation observation) =>
        observation.Status is not (ObservationStatus.EnteredInError or ObservationStatus.Cancelled);

    private static bool IsValid(QuestionnaireResponse answers) =>
        answers.Status is not QuestionnaireResponseStatus.EnteredInError;

    private static bool IsPhoneHandover(Communication communication) =>
        communication is { Status: EventStatus.Completed, SentElement: not null }
        && communication.Category.Exists(c => c.Has(Terms.CommunicationCategory, Terms.PhoneHandover));
}
