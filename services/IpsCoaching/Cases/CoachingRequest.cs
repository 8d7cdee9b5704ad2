using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Cases;

/// <summary>
/// What a <c>coaching-request</c> asks for. Zero exclusion is one of the eight principles of IPS: the client's wish
/// decides, so no diagnosis, substance use or readiness is read here.
/// </summary>
/// <param name="Unit">The unit that asks, as a rule the psychiatric unit that treats the person.</param>
/// <param name="Teams">The person's care teams, where the message gives them.</param>
public sealed record CoachingRequest(
    FhirTask Task, ServiceRequest Order, Patient Person, Organization Unit, IReadOnlyList<CareTeam> Teams)
{
    /// <summary>The method asked for. A local code: THL's procedure code of IPS was not found in a source.</summary>
    public const string Method = "ips";

    private const string Placer = "PLAC", TaskCodes = "http://hl7.org/fhir/CodeSystem/task-code";

    /// <summary>The requester's own number of the Task.</summary>
    public Identifier Number => NumberOf(Task)!;

    /// <summary>Reads a message; without a request when it has faults, of which every one is listed.</summary>
    public static (CoachingRequest? Request, IReadOnlyList<FhirIssue> Faults) Read(ReceivedMessage message)
    {
        var task = message.Focus<FhirTask>();
        var order = message.Resolve<ServiceRequest>(task?.Focus)
            ?? message.Bundle.All<ServiceRequest>().FirstOrDefault();
        var person = message.Resolve<Patient>(task?.For) ?? message.Bundle.All<Patient>().FirstOrDefault();
        var unit = UnitOf(message, task?.Requester) ?? UnitOf(message, order?.Requester);
        List<FhirIssue> faults =
        [
            .. HeaderFaults(message, task),
            .. task is null ? [] : TaskFaults(message, task),
            .. order is null ? [Missing("Bundle.entry", "A coaching-request holds a ServiceRequest.")]
                : OrderFaults(message, order, person),
            .. person is null ? [Missing("Bundle.entry", "A coaching-request holds a Patient.")]
                : IdentifierFaults(person.Identifier, message.PathOf(person), "The Patient"),
            .. unit is null ? [] : IdentifierFaults(unit.Identifier, message.PathOf(unit), "The unit that asks"),
        ];
        if (task is not null && unit is null)
            faults.Add(Missing(message.PathOf(task) + ".requester",
                "The Task names an Organization in the message, or a PractitionerRole with its organization."));
        return faults.Count > 0
            ? (null, faults)
            : (new CoachingRequest(task!, order!, person!, unit!, [.. message.Bundle.All<CareTeam>()]), []);
    }

    private static IEnumerable<FhirIssue> HeaderFaults(ReceivedMessage message, FhirTask? task)
    {
        var path = message.PathOf(message.Header);
        if (message.Reason != Reasons.New)
            yield return Illegal(path + ".reason",
                "A coaching-request is new. A case ends by the client's wish, a transfer, death or lost contact only.");
        if (task is null) yield return Missing(path + ".focus", "The focus is a Task in the message.");
    }

    private static IEnumerable<FhirIssue> TaskFaults(ReceivedMessage message, FhirTask task)
    {
        var path = message.PathOf(task);
        if (NumberOf(task) is null)
            yield return Missing(path + ".identifier", $"The Task has the requester's number, of type {Placer}.");
        if (task.Status is not null and not TaskStatus.Requested)
            yield return Illegal(path + ".status", "The Task of a new request has the status requested.");
        if (task.Intent is not null and not TaskIntent.Order)
            yield return Illegal(path + ".intent", "The Task has the intent order.");
        if (task.Code?.Has(TaskCodes, "fulfill") != true)
            yield return Missing(path + ".code", $"The Task has the code fulfill of {TaskCodes}.");
        if (message.Resolve<ServiceRequest>(task.Focus) is null)
            yield return Missing(path + ".focus", "The Task points to a ServiceRequest in the message.");
        if (message.Resolve<Patient>(task.For) is null)
            yield return Missing(path + ".for", "The Task points to a Patient in the message.");
        if (task.GroupIdentifier is { } journey && journey is not { System: Systems.Journey, Value.Length: > 0 })
            yield return Refusal.Issue(IssueType.Value, path + ".groupIdentifier",
                $"The journey is an identifier of {Systems.Journey}; leave it out to be given one.");
    }

    private static IEnumerable<FhirIssue> OrderFaults(ReceivedMessage message, ServiceRequest order, Patient? person)
    {
        var path = message.PathOf(order);
        if (order.Status is not null and not RequestStatus.Active)
            yield return Illegal(path + ".status", "The ServiceRequest of a new request has the status active.");
        if (order.Intent is not null and not RequestIntent.Order)
            yield return Illegal(path + ".intent", "The ServiceRequest has the intent order.");
        if (order.Code?.Has(Systems.Method, Method) != true)
            yield return Refusal.Issue(IssueType.CodeInvalid, path + ".code",
                $"The ServiceRequest asks for {Method} of {Systems.Method}.");
        if (message.Resolve<Patient>(order.Subject) is not { } subject || !ReferenceEquals(subject, person))
            yield return Refusal.Issue(IssueType.Value, path + ".subject",
                "The subject is the Patient that the Task is for.");
    }

    private static IEnumerable<FhirIssue> IdentifierFaults(List<Identifier> identifiers, string path, string what)
    {
        if (!identifiers.Exists(identifier => identifier is { System.Length: > 0, Value.Length: > 0 }))
            yield return Missing(path + ".identifier", $"{what} has an identifier with system and value.");
    }

    private static Organization? UnitOf(ReceivedMessage message, ResourceReference? requester) =>
        message.Resolve<Organization>(requester)
        ?? message.Resolve<Organization>(message.Resolve<PractitionerRole>(requester)?.Organization);

    private static Identifier? NumberOf(FhirTask task) => task.Identifier.Find(identifier =>
        identifier.Type?.Has(Systems.IdentifierType, Placer) == true
        && identifier is { System.Length: > 0, Value.Length: > 0 });

    private static FhirIssue Missing(string path, string message) => Refusal.Issue(IssueType.Required, path, message);

    private static FhirIssue Illegal(string path, string message) => Refusal.Issue(IssueType.Invariant, path, message);
}
