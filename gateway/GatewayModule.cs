using Gateway.Authorization;
using Gateway.Forwarding;
using Gateway.Guide;
using Gateway.Headers;
using Gateway.Health;
using Gateway.Limits;
using Gateway.Refusals;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace Gateway;

/// <summary>The gateway's table of contents: what it is made of, and in which order a request meets it.</summary>
public static class GatewayModule
{
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        RouteTable.AddTo(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsPolicy>();
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        builder.AddTrustedProxies();
        builder.AddOutermost();
        builder.AddLimits();
        builder.AddCallers();
        builder.AddForwarding();
        return builder;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<RefuseUnusableRequest>();
        app.UseMiddleware<StripTrustedHeaders>();
        app.UseMiddleware<LimitWholeRequest>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<AwaitBody>();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapGuide();
        app.MapCallers();
        app.MapForwarding();
        return app;
    }

    // Host filtering runs before everything that an application adds by itself. What stands here runs before
    // that too, so that its refusals carry an OperationOutcome and the request's ids like all others.
    private static void AddOutermost(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostFilteringOptions>(filtering => filtering.IncludeFailureMessage = false);
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, Outermost>());
    }

    private sealed class Outermost : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders();
            app.UseMiddleware<AnswerHeaders>();
            app.UseMiddleware<AnswerRefusals>();
            next(app);
        };
    }
}
