namespace Gateway.Authorization;

/// <summary>
/// The seam of authentication. Another scheme replaces <see cref="OpenAccess"/> here; routes, limits and headers ask
/// for a <see cref="Caller"/> only.
/// </summary>
public static class CallersModule
{
    /// <summary>The policy that the route table names for every base.</summary>
    public const string Policy = "caller";

    public static void AddCallers(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(OpenAccess.Scheme).AddOpenAccess();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policy, policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => Caller.Of(context.User) is not null));
    }
}
