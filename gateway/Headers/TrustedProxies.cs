using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Gateway.Headers;

/// <summary>Lets a proxy in front of the gateway, and nobody else, say where a client is and whether it used TLS.</summary>
public static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>((forwarded, gateway) =>
        {
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var network in gateway.Value.TrustedProxies)
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            // Without a list the middleware would believe everybody.
            forwarded.ForwardedHeaders = gateway.Value.TrustedProxies is []
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        });
}
