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
            .AddTransforms(transforms =>
            {
                // Services write links from the address that the client used.
                transforms.AddOriginalHost();
                transforms.AddRequestTransform(ServiceHeaders.Write);
            });
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ServiceConnections>();
    }
}
