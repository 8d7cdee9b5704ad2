namespace Messages;

/// <summary>A message on the bus. The body is the FHIR message Bundle itself, UTF-8 JSON, byte for byte as it is stored.</summary>
public interface IFhirMessage
{
    byte[] Body { get; }
}

/// <summary>OccupationalHealth asks a region to take over care.</summary>
public sealed record HandoffRequest(byte[] Body) : IFhirMessage;

/// <summary>OccupationalHealth withdraws a handoff.</summary>
public sealed record HandoffCancel(byte[] Body) : IFhirMessage;

/// <summary>What the region answers to a handoff: accepted, rejected with guidance, in progress, completed.</summary>
public sealed record HandoffResponse(byte[] Body) : IFhirMessage;

/// <summary>A change of employment status, for the psychiatric care team of the coach's own controller.</summary>
public sealed record EmploymentStatusForCareTeam(byte[] Body) : IFhirMessage;

/// <summary>A change of employment status, for the occupational-health unit that the person's consent names.</summary>
public sealed record EmploymentStatusForOccupationalHealth(byte[] Body) : IFhirMessage;

/// <summary>Tells the sender of a message that its receiver never acknowledged it.</summary>
public sealed record DeliveryReport(byte[] Body) : IFhirMessage;

/// <summary>A region asks occupational health to coordinate the return to work (Työote).</summary>
public sealed record WorkAbilityReferral(byte[] Body) : IFhirMessage;

/// <summary>What occupational health answers to a region's referral about the ability to work.</summary>
public sealed record WorkAbilityFollowUp(byte[] Body) : IFhirMessage;

/// <summary>A region tells what one of its units offers.</summary>
public sealed record CatalogueUpdate(byte[] Body) : IFhirMessage;
