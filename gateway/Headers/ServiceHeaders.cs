using Gateway.Authorization;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Headers;

/// <summary>What the gateway alone tells a service: who calls.</summary>
public static class ServiceHeaders
{
    public const string Organisation = "omh-organisation";
    public const string Tenant = "omh-tenant";
    public const string Reach = "omh-reach";

    public static ValueTask Write(RequestTransformContext context)
    {
        // The route's policy has let nobody through who is not a caller.
        var caller = Caller.Of(context.HttpContext.User)
            ?? throw new InvalidOperationException("A route without the policy of callers.");
        var headers = context.ProxyRequest.Headers;

        headers.Remove(HeaderNames.Authorization);
        headers.Add(Organisation, caller.Organisation);
        headers.Add(Tenant, caller.Tenant);
        headers.Add(Reach, caller.Reach);
        return ValueTask.CompletedTask;
    }
}
