namespace Messages;

/// <summary>The names of the services as they stand in queue names, streams and addresses.</summary>
public static class ServiceNames
{
    public const string OccupationalHealth = "occupational-health", RegionHandoff = "region-handoff",
        IpsCoaching = "ips-coaching";
}

/// <summary>One kind of message on the bus.</summary>
/// <param name="Name">Its name on the bus and in stored rows: a storage format, never changed once used.</param>
/// <param name="Type">The CLR type that stands for it in code.</param>
/// <param name="Event">The event code in the Bundle's MessageHeader.</param>
/// <param name="Destination">The service that takes it; the order of a journey is kept per destination.</param>
/// <param name="Consumer">What takes it there, verb-noun.</param>
public sealed record MessageKind(string Name, Type Type, string Event, string Destination, string Consumer)
{
    /// <summary>Its queue. Every process declares all of them, so that a service that never started loses nothing.</summary>
    public string Queue => $"{Destination}.{Consumer}";

    /// <summary>The exchange that it is published to: a name that brokers keep, never changed once used.</summary>
    public string Exchange => $"{Type.Namespace}:{Type.Name}";
}

/// <summary>The fixed list of what crosses the bus. A name that is not here is refused, whoever sends it.</summary>
public static class MessageCatalogue
{
    public static IReadOnlyList<MessageKind> All { get; } =
    [
        Kind<HandoffRequest>("handoff-request", Events.HandoffRequest, ServiceNames.RegionHandoff, "open-handoff"),
        Kind<HandoffCancel>("handoff-cancel", Events.HandoffCancel, ServiceNames.RegionHandoff, "cancel-handoff"),
        Kind<HandoffResponse>(
            "handoff-response", Events.HandoffResponse, ServiceNames.OccupationalHealth, "record-handoff-response"),
        Kind<EmploymentStatusForCareTeam>(
            "employment-status-for-care-team", Events.EmploymentStatusUpdate,
            ServiceNames.RegionHandoff, "forward-employment-status"),
        Kind<EmploymentStatusForOccupationalHealth>(
            "employment-status-for-occupational-health", Events.EmploymentStatusUpdate,
            ServiceNames.OccupationalHealth, "record-employment-status"),
        Kind<DeliveryReport>(
            "delivery-report", Events.DeliveryReport, ServiceNames.OccupationalHealth, "record-delivery-report"),
        Kind<WorkAbilityReferral>(
            "work-ability-referral", Events.WorkAbilityReferral,
            ServiceNames.OccupationalHealth, "take-work-ability-referral"),
        Kind<WorkAbilityFollowUp>(
            "work-ability-follow-up", Events.WorkAbilityFollowUp,
            ServiceNames.RegionHandoff, "forward-work-ability-follow-up"),
        Kind<CatalogueUpdate>(
            "catalogue-update", Events.CatalogueUpdate, ServiceNames.OccupationalHealth, "take-catalogue-update"),
    ];

    private static readonly Dictionary<string, MessageKind> ByName = All.ToDictionary(kind => kind.Name);
    private static readonly Dictionary<Type, MessageKind> ByType = All.ToDictionary(kind => kind.Type);

    /// <summary>The kind of a type of message; throws for a type that is not in the list.</summary>
    public static MessageKind Of<T>() where T : IFhirMessage => ByType[typeof(T)];

    /// <summary>The kind with that name, or null for a name that is not in the list.</summary>
    public static MessageKind? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    private static MessageKind Kind<T>(string name, string @event, string destination, string consumer)
        where T : IFhirMessage => new(name, typeof(T), @event, destination, consumer);
}
