using Gateway.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Forwarding;

public static class ForwardingModule
{
    public static void AddForwarding(this WebApplicationBuilder builder)
    {
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection(RouteTable.Section))
            .AddConfigFilter<SeveralInstances>()
            // X-Forwarded-Host and -Proto, from which services write links, are YARP's own doing.
            .AddTransforms(transforms => transforms.AddRequestTransform(ServiceHeaders.Write));
        builder.Services.AddSingleton<IForwarderHttpClientFactory, ServiceConnections>();
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, LeaveOutUnreached>();
        builder.Services.TryAddSingleton(TimeProvider.System);
    }

    public static void MapForwarding(this WebApplication app) => app.MapReverseProxy(request =>
    {
        request.UseMiddleware<TryOtherInstance>();
        request.UseLoadBalancing();
        request.UsePassiveHealthChecks();
    });
}
