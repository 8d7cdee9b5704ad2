using Fhir;
using RegionHandoff.Delivery;
using ServiceKit.Rest;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Regions;

/// <summary>
/// An endpoint is where a region takes messages. Every fault is named, so that it is mended in one go.
/// </summary>
public sealed class EndpointRule(DeliveryOptions options) : IWriteRule<Endpoint>
{
    public async Task<Refusal?> Check(Write<Endpoint> write, CancellationToken cancel)
    {
        var faults = Faults(write.Proposed, options.AllowPlainHttp).ToList();
        if (!await ManagedByRegion(write))
            faults.Add(Refusal.Issue(IssueType.Required, "Endpoint.managingOrganization",
                "The endpoint needs a managingOrganization that is a region of this directory."));
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }

    /// <summary>What is wrong with an endpoint by itself.</summary>
    public static IEnumerable<FhirIssue> Faults(Endpoint endpoint, bool allowPlainHttp)
    {
        var rest = ConnectionTypes.IsRest(endpoint.ConnectionType);
        if (!rest && !ConnectionTypes.IsMailbox(endpoint.ConnectionType))
            yield return Refusal.Issue(IssueType.NotSupported, "Endpoint.connectionType",
                $"The channels are {ConnectionTypes.Rest} of {ConnectionTypes.Hl7System} and "
                + $"{ConnectionTypes.Mailbox} of {ConnectionTypes.OurSystem}.");
        foreach (var fault in AddressFaults(endpoint.Address, rest, allowPlainHttp))
            yield return Refusal.Issue(IssueType.Value, "Endpoint.address", fault);
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

    private static IEnumerable<string> AddressFaults(string? address, bool rest, bool allowPlainHttp)
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
        if (uri.Scheme == "http" && !uri.IsLoopback && !allowPlainHttp)
            yield return "Messages about persons leave this machine over https only.";
    }

    private static async Task<bool> ManagedByRegion(Write<Endpoint> write) =>
        write.Proposed.ManagingOrganization is { } reference
        && reference.TryGetLocal(out var type, out var id) && type == "Organization"
        && Region.CodeOf(await write.Session.Resources.Get<Organization>(write.Access, id)) is not null;
}
