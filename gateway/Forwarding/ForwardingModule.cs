using Gateway.Headers;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Forwarding;

public static class ForwardingModule
{
    public static void AddForwarding(this WebApplicationBuilder builder)
    {
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection(RouteTable.Section))
            // X-Forwarded-Host and -Proto, from which services write links, are YARP's own doing.
            .AddTransforms(transforms => transforms.AddRequestTransform(ServiceHeaders.Write));
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ServiceConnections>();
    }
}
