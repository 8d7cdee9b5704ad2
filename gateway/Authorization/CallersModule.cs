using Gateway.Authorization.Clients;
using Gateway.Authorization.Scopes;
using Gateway.Authorization.Tokens;
using Gateway.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Gateway.Authorization;

/// <summary>
/// The seam of authentication. Another scheme stands beside these two here; routes, limits and headers ask for a
/// <see cref="Caller"/> only.
/// </summary>
public static class CallersModule
{
    /// <summary>The policy that the route table names for every base.</summary>
    public const string Policy = "caller";

    private const string AsSet = "as-set";

    public static void AddCallers(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section);
        services.AddSingleton<ClientRegistry>().AddSingleton<GatewayAddress>().AddSingleton<SigningKey>()
            .AddSingleton<UsedAssertions>().AddSingleton<AccessTokens>().AddSingleton<CheckAssertion>()
            .AddSingleton<GiveToken>().AddHostedService<StartAccess>();
        services.AddAuthentication(AsSet)
            .AddPolicyScheme(AsSet, displayName: null, scheme => scheme.ForwardDefaultSelector = context =>
                Options(context.RequestServices).IsOpen ? OpenAccess.Scheme : TokenAccess.Scheme)
            .AddScheme<AuthenticationSchemeOptions, OpenAccess>(OpenAccess.Scheme, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, TokenAccess>(TokenAccess.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policy, policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => Caller.Of(context.User) is { } caller
                    && context.Resource is HttpContext { Request: var request }
                    && ScopePolicy.Allows(caller.Scope, request.Method, request.Path)));
    }

    /// <summary>What a client without a token needs to get one; nothing of it is there while access is open.</summary>
    public static void MapCallers(this WebApplication app)
    {
        var access = app.MapGroup("").RequireRateLimiting(CallerRateLimit.Policy).AddEndpointFilter(
            async (context, next) => Options(context.HttpContext.RequestServices).IsOpen
                ? Results.NotFound()
                : await next(context));
        foreach (var root in RouteTable.Bases(app.Configuration))
            access.MapGet($"{root}/.well-known/smart-configuration", DescribeAccess.SmartConfiguration);
        access.MapGet(GatewayAddress.JwksPath, DescribeAccess.Jwks);
        access.MapPost(GatewayAddress.TokenPath, (HttpContext context, GiveToken tokens) => tokens.Handle(context))
            .WithMetadata(new RequestSizeLimitAttribute(GiveToken.MostBytes));
    }

    private static AccessOptions Options(IServiceProvider services) =>
        services.GetRequiredService<IOptions<AccessOptions>>().Value;
}
