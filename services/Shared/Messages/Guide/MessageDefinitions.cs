using Fhir;

namespace Messages.Guide;

/// <summary>The events: what they are about, and what is answered.</summary>
internal static class MessageDefinitions
{
    public static IReadOnlyList<MessageDefinition> All { get; } =
    [
        Of(Events.ReferralRequest, ResourceType.Task, "numbered-task", true,
            "A provider's system asks where a worker is to be cared for; the answer is the placement."),
        Of(Events.HandoffRequest, ResourceType.Task, "numbered-task", false,
            "Occupational health hands a worker's care over to a region.", Events.HandoffResponse),
        Of(Events.HandoffCancel, ResourceType.Task, "numbered-task", false, "A handoff is taken back."),
        Of(Events.HandoffResponse, ResourceType.Task, "handoff-answer", true, "A region answers to a handoff."),
        Of(Events.CoachingRequest, ResourceType.Task, "coaching-task", true, "A unit asks for IPS coaching."),
        Of(Events.EmploymentStatusUpdate, ResourceType.Observation, "employment-status-report", true,
            "A coach's system tells of a new employment status."),
        Of(Events.SicknessAbsenceNotice, ResourceType.Observation, "absence", true,
            "A provider's system tells of a certificate of sickness absence, its correction or its withdrawal."),
        Of(Events.EmployerAbsenceNotice, ResourceType.Observation, "absence", true,
            "An employer tells of an absence of 30 days, or forwards a certificate; the answer says nothing more."),
        Of(Events.WorkAbilityReferral, ResourceType.Task, "numbered-task", true,
            "A region refers a worker to occupational health for the ability to work.", Events.WorkAbilityFollowUp),
        Of(Events.WorkAbilityFollowUp, ResourceType.Task, "numbered-task", false,
            "How a region's referral about the ability to work goes on."),
        Of(Events.CatalogueUpdate, ResourceType.HealthcareService, "told-unit", true,
            "A region tells what one of its units offers: methods, ages, municipalities, capacity and waiting time."),
        Of(Events.DeliveryReport, ResourceType.MessageHeader, null, false, "What could not be delivered."),
    ];

    private static MessageDefinition Of(
        string @event, ResourceType focus, string? profile, bool isAnswered, string description,
        params string[] responses)
    {
        var made = new MessageDefinition
        {
            Id = @event,
            Url = Url(@event),
            Name = Published.ComputerName(@event),
            Title = Published.Title(@event),
            Description = description,
            Event = new Coding(Systems.MessageEvent, @event),
            Category = MessageSignificanceCategory.Consequence,
            ResponseRequired = isAnswered
                ? MessageheaderResponseRequest.Always
                : MessageheaderResponseRequest.Never,
            Focus =
            [
                new()
                {
                    Code = focus, Min = 1, Max = "1",
                    Profile = profile is null ? null : Canonicals.StructureDefinition(profile),
                },
            ],
            AllowedResponse = [.. responses.Select(response =>
                new MessageDefinition.AllowedResponseComponent { Message = Url(response) })],
        };
        Published.Mark(made);
        return made;
    }

    private static string Url(string @event) => $"{Canonicals.Base}/MessageDefinition/{@event}";
}
