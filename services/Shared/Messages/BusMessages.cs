namespace Messages;

/// <summary>
/// Names a kind of message on the bus. Its body is the FHIR message Bundle itself, UTF-8 JSON, byte for byte as it is
/// stored.
/// </summary>
public interface IFhirMessage;

/// <summary>OccupationalHealth asks a region to take over care.</summary>
public sealed record HandoffRequest : IFhirMessage;

/// <summary>OccupationalHealth withdraws a handoff.</summary>
public sealed record HandoffCancel : IFhirMessage;

/// <summary>What the region answers to a handoff: accepted, rejected with guidance, in progress, completed.</summary>
public sealed record HandoffResponse : IFhirMessage;

/// <summary>A change of employment status, for the psychiatric care team of the coach's own controller.</summary>
public sealed record EmploymentStatusForCareTeam : IFhirMessage;

/// <summary>A change of employment status, for the occupational-health unit that the person's consent names.</summary>
public sealed record EmploymentStatusForOccupationalHealth : IFhirMessage;

/// <summary>Tells the sender of a message that its receiver never acknowledged it.</summary>
public sealed record DeliveryReport : IFhirMessage;

/// <summary>A region asks occupational health to coordinate the return to work (Työote).</summary>
public sealed record WorkAbilityReferral : IFhirMessage;

/// <summary>What occupational health answers to a region's referral about the ability to work.</summary>
public sealed record WorkAbilityFollowUp : IFhirMessage;

/// <summary>A region tells what one of its units offers.</summary>
public sealed record CatalogueUpdate : IFhirMessage;
