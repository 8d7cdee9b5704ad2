using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Gateway.Headers;

/// <summary>Lets a proxy in front, and nobody else, say where a client is and whether it used TLS.</summary>
public static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder) => builder.Services
        .AddOptions<ForwardedHeadersOptions>()
        .Configure<IOptions<GatewayOptions>>((forwarded, gateway) => Trust(forwarded, gateway.Value.TrustedProxies));

    private static void Trust(ForwardedHeadersOptions forwarded, string[] networks)
    {
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var network in networks) forwarded.KnownIPNetworks.Add(IPNetwork.Parse(network));
        // Without a list the middleware would believe everybody.
        forwarded.ForwardedHeaders = networks is []
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
