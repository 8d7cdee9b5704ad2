using Fhir;
using Messages;
using RegionHandoff.Regions;
using Endpoint = Fhir.Endpoint;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests;

/// <summary>
/// Messages as both sides write them. Test persons have identity codes that are never issued (900 series).
/// </summary>
internal static class TestMessages
{
    public const string PlacerSystem = "https://ehr.oh-provider-a.example/task", SomePerson = "010594Y9032";

    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static string NewJourney() => Guid.CreateVersion7().ToString();

    /// <summary>
    /// Occupational health asks a region to take over; the placer's number is <c>A-</c> and the journey.
    /// </summary>
    public static Bundle Handoff(
        string journey, string? region, RequestPriority priority = RequestPriority.Routine, string person = SomePerson,
        bool withCoverage = false)
    {
        var patient = new Patient { Id = NewId() };
        patient.Identifier.Add(new Identifier(Systems.IdentityCode, person));
        patient.Name.Add(new HumanName { Family = "Testi" });
        var request = new ServiceRequest
        {
            Id = NewId(), Status = RequestStatus.Active, Intent = RequestIntent.Order,
            Subject = new ResourceReference($"Patient/{patient.Id}"),
        };
        var task = Task(journey, TaskStatus.Requested);
        task.Priority = priority;
        task.Focus = new ResourceReference($"ServiceRequest/{request.Id}");
        task.For = new ResourceReference($"Patient/{patient.Id}");
        List<Resource> content = [task, request, patient];
        if (region is not null)
        {
            var owner = RegionOrganization(region);
            task.Owner = new ResourceReference($"Organization/{owner.Id}");
            content.Add(owner);
        }

        if (withCoverage)
            content.Add(new Coverage
            {
                Id = NewId(), Status = FinancialResourceStatusCodes.Active,
                Beneficiary = new ResourceReference($"Patient/{patient.Id}"),
                Payor = [new ResourceReference { Display = "An employer" }],
            });
        return MessageBundle.Compose(Events.HandoffRequest, ServiceNames.OccupationalHealth, At, task, content);
    }

    public static Bundle Cancel(string journey)
    {
        var task = Task(journey, TaskStatus.Cancelled);
        return MessageBundle.Compose(Events.HandoffCancel, ServiceNames.OccupationalHealth, At, task, [task]);
    }

    /// <summary>What a region answers; <paramref name="change"/> spoils or completes it.</summary>
    public static Bundle Response(
        string journey, TaskStatus status, Action<FhirTask>? change = null, string? sender = null)
    {
        var task = Task(journey, status);
        if (status == TaskStatus.Rejected) Reject(task);
        change?.Invoke(task);
        List<Resource> content = [task];
        if (sender is not null) content.Add(RegionOrganization(sender));
        var message = MessageBundle.Compose(Events.HandoffResponse, "a-region", At, task, content);
        if (sender is not null)
            message.MessageHeader().Sender = new ResourceReference($"Organization/{content[1].Id}");
        return message;
    }

    /// <summary>A region asks occupational health to coordinate the return to work (Työote).</summary>
    public static Bundle WorkAbilityReferral(string journey, string region)
    {
        var referral = Handoff(journey, region);
        var header = referral.MessageHeader();
        header.Event = new Coding(Systems.MessageEvent, Events.WorkAbilityReferral);
        header.Sender = new ResourceReference($"Organization/{referral.All<Organization>().Single().Id}");
        referral.All<FhirTask>().Single().Owner = null;
        return referral;
    }

    /// <summary>What occupational health answers to it.</summary>
    public static Bundle WorkAbilityFollowUp(string journey, TaskStatus status)
    {
        var task = Task(journey, status);
        task.Output.Add(Output("work-ability-result", new FhirString("Returns to lighter work.")));
        return MessageBundle.Compose(Events.WorkAbilityFollowUp, ServiceNames.OccupationalHealth, At, task, [task]);
    }

    public static Bundle EmploymentStatus(string region)
    {
        var observation = new Observation
        {
            Id = NewId(), Status = ObservationStatus.Final, Code = new CodeableConcept(Systems.Loinc, "74165-2"),
            Value = new CodeableConcept(Systems.EmploymentStatus, "Employed"),
        };
        var message = MessageBundle.Compose(
            Events.EmploymentStatusUpdate, ServiceNames.IpsCoaching, At, observation, [observation]);
        message.MessageHeader().Destination.Add(new MessageHeader.MessageDestinationComponent
        {
            Endpoint = "urn:omh:care-team",
            Receiver = new ResourceReference { Identifier = new Identifier(Systems.Region, region) },
        });
        return message;
    }

    public static Endpoint Endpoint(string address, string organization)
    {
        var mailbox = address == "mailbox";
        return new Endpoint
        {
            Status = EndpointStatus.Active,
            ConnectionType = mailbox ? new Coding(ConnectionTypes.OurSystem, ConnectionTypes.Mailbox)
                : address.StartsWith("amqp", StringComparison.Ordinal)
                    ? new Coding(ConnectionTypes.OurSystem, ConnectionTypes.Amqp)
                    : new Coding(ConnectionTypes.Hl7System, ConnectionTypes.Rest),
            PayloadType = [new CodeableConcept(ConnectionTypes.AnyPayloadSystem, "any")],
            ManagingOrganization = new ResourceReference(organization),
            Address = mailbox ? "http://localhost:8080/regions/fhir/$mailbox" : address,
        };
    }

    public static FhirTask.OutputComponent Output(string code, DataType value) =>
        new() { Type = new CodeableConcept(Systems.TaskOutput, code), Value = value };

    private static void Reject(FhirTask task)
    {
        task.StatusReason = new CodeableConcept(
            RegionHandoff.Handoffs.RegionResponsePolicy.RejectionReason, "specialised-care-needed");
        task.Output.Add(Output("guidance", new FhirString("Refer to the specialised unit.")));
        task.Output.Add(Output("patient-informed", new FhirBoolean(true)));
    }

    private static FhirTask Task(string journey, TaskStatus status)
    {
        var task = new FhirTask
        {
            Id = NewId(), Status = status, Intent = TaskIntent.Order,
            Code = new CodeableConcept("http://hl7.org/fhir/CodeSystem/task-code", "fulfill"),
            GroupIdentifier = new Identifier(Systems.Journey, journey),
        };
        task.Identifier.Add(new Identifier(PlacerSystem, $"A-{journey}")
        {
            Type = new CodeableConcept(Systems.IdentifierType, "PLAC"),
        });
        return task;
    }

    private static Organization RegionOrganization(string code)
    {
        var organization = new Organization { Id = NewId(), Name = $"Region {code}" };
        organization.Identifier.Add(new Identifier(Systems.Region, code));
        return organization;
    }

    private static string NewId() => Guid.CreateVersion7().ToString();
}
