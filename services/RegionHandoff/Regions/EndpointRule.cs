using Fhir;
using RegionHandoff.Delivery;
using ServiceKit.Rest;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Regions;

/// <summary>
/// An endpoint is where a region takes messages. Every fault is named, so that it is mended in one go.
/// </summary>
public sealed class EndpointRule(DeliveryOptions options, AmqpOptions amqp) : IWriteRule<Endpoint>
{
    public async Task<Refusal?> Check(Write<Endpoint> write, CancellationToken cancel)
    {
        var region = await ManagingRegion(write);
        var faults = Faults(write.Proposed, region, options.AllowPlainHttp, amqp).ToList();
        if (region is null)
            faults.Add(Refusal.Issue(IssueType.Required, "Endpoint.managingOrganization",
                "The endpoint needs a managingOrganization that is a region of this directory."));
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }

    /// <summary>What is wrong with an endpoint by itself.</summary>
    /// <param name="endpoint">As it was sent.</param>
    /// <param name="region">The county code of the managing region; null when it names none.</param>
    /// <param name="allowPlain">Whether addresses beyond this machine may be unencrypted.</param>
    /// <param name="amqp">Whether there is a broker, and how virtual hosts are named.</param>
    public static IEnumerable<FhirIssue> Faults(Endpoint endpoint, string? region, bool allowPlain, AmqpOptions amqp)
    {
        var (rest, queue) = (
            ConnectionTypes.IsRest(endpoint.ConnectionType), ConnectionTypes.IsAmqp(endpoint.ConnectionType));
        if (!rest && !queue && !ConnectionTypes.IsMailbox(endpoint.ConnectionType))
            yield return Refusal.Issue(IssueType.NotSupported, "Endpoint.connectionType",
                $"The channels are {ConnectionTypes.Rest} of {ConnectionTypes.Hl7System} and "
                + $"{ConnectionTypes.Amqp} and {ConnectionTypes.Mailbox} of {ConnectionTypes.OurSystem}.");
        if (queue && !amqp.HasBroker)
            yield return Refusal.Issue(IssueType.NotSupported, "Endpoint.connectionType",
                $"The channel {ConnectionTypes.Amqp} needs RabbitMQ, and this system runs without: "
                + "its operator can give it by Delivery:Amqp:Host or Bus:Host.");
        var addressFaults = queue
            ? AmqpAddress.Faults(endpoint.Address, amqp.VirtualHostPrefix, region, allowPlain)
            : AddressFaults(endpoint.Address, rest, allowPlain);
        foreach (var fault in addressFaults) yield return Refusal.Issue(IssueType.Value, "Endpoint.address", fault);
        if (!endpoint.PayloadType.Any(type => type.Coding.Any(coding =>
            coding is { System: ConnectionTypes.AnyPayloadSystem, Code: "any" }
            || (coding.System == Messages.Systems.MessageEvent && coding.Code is not null))))
            yield return Refusal.Issue(IssueType.CodeInvalid, "Endpoint.payloadType",
                $"A payloadType is any of {ConnectionTypes.AnyPayloadSystem} "
                + $"or an event of {Messages.Systems.MessageEvent}.");
        if (endpoint.PayloadMimeType.Any() && !endpoint.PayloadMimeType.Contains("application/fhir+json"))
            yield return Refusal.Issue(IssueType.NotSupported, "Endpoint.payloadMimeType",
                "Messages are sent as application/fhir+json.");
    }

    private static IEnumerable<string> AddressFaults(string? address, bool rest, bool allowPlain)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            yield return "The address must be an absolute http or https URL.";
            yield break;
        }

        if (uri.UserInfo.Length > 0) yield return "The address must not hold a name or password.";
        if (!rest) yield break;
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            yield return "The address is a FHIR base, without query and fragment: /$process-message is added to it.";
        if (uri.Scheme == "http" && !uri.IsLoopback && !allowPlain)
            yield return "Messages about persons leave this machine over https only.";
    }

    private static async Task<string?> ManagingRegion(Write<Endpoint> write) =>
        write.Proposed.ManagingOrganization is { } reference
        && reference.TryGetLocal(out var type, out var id) && type == "Organization"
            ? Region.CodeOf(await write.Session.Resources.Get<Organization>(write.Access, id))
            : null;
}
