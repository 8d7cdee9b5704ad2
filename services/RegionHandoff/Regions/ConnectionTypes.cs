using Fhir;
using Messages;

namespace RegionHandoff.Regions;

/// <summary>Channels of a region as <c>Endpoint.connectionType</c> names them.</summary>
public static class ConnectionTypes
{
    /// <summary>HL7's code system, for REST.</summary>
    public const string Hl7System = "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";

    /// <summary>Ours, for channels that HL7 has no code for.</summary>
    public const string OurSystem = Canonicals.Base + "/CodeSystem/endpoint-connection-type";

    /// <summary>Payload types of HL7; <c>any</c> takes every event.</summary>
    public const string AnyPayloadSystem = "http://terminology.hl7.org/CodeSystem/endpoint-payload-type";

    /// <summary>Their <c>$process-message</c>.</summary>
    public const string Rest = "hl7-fhir-msg";

    /// <summary>They read the queue <c>inbox</c> of a virtual host of their own.</summary>
    public const string Amqp = "amqp";

    /// <summary>They poll <c>$mailbox</c>.</summary>
    public const string Mailbox = "mailbox";

    public static bool IsRest(Coding? type) => type is { System: Hl7System, Code: Rest };

    public static bool IsAmqp(Coding? type) => type is { System: OurSystem, Code: Amqp };

    public static bool IsMailbox(Coding? type) => type is { System: OurSystem, Code: Mailbox };

    /// <summary>Whether an endpoint takes an event: by HL7's <c>any</c> or by the event's own code.</summary>
    public static bool Takes(Fhir.Endpoint endpoint, string @event) => endpoint.PayloadType.Any(type =>
        type.Has(AnyPayloadSystem, "any") || type.Has(Systems.MessageEvent, @event));
}
