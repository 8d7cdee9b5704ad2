using System.Security.Claims;

namespace Gateway.Authorization;

/// <summary>
/// Who calls: all that the gateway and the services behind it know of a client. Every authentication scheme ends in
/// a principal with these four claims.
/// </summary>
/// <param name="Organisation">The organisation that the client acts for.</param>
/// <param name="Tenant">Whose data it is among.</param>
/// <param name="Reach">How much of the tenant's it sees: one of <see cref="Authorization.Reach"/>.</param>
/// <param name="Scope">What it may do, as SMART scopes with spaces between; nothing where it is empty.</param>
public sealed record Caller(string Organisation, string Tenant, string Reach, string Scope)
{
    public const string OrganisationClaim = "organisation";
    public const string TenantClaim = "tenant";
    public const string ReachClaim = "reach";
    public const string ScopeClaim = "scope";

    /// <summary>
    /// The caller that a principal stands for; null where it is not authenticated, or a claim is
    /// missing or could not travel in a header.
    /// </summary>
    public static Caller? Of(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true
        && principal.FindFirstValue(OrganisationClaim) is { } organisation && FitsAHeader(organisation)
        && principal.FindFirstValue(TenantClaim) is { } tenant && FitsAHeader(tenant)
        && principal.FindFirstValue(ReachClaim) is { } reach && Authorization.Reach.IsKnown(reach)
            ? new Caller(organisation, tenant, reach, principal.FindFirstValue(ScopeClaim) ?? "")
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new Claim(OrganisationClaim, Organisation), new Claim(TenantClaim, Tenant),
            new Claim(ReachClaim, Reach), new Claim(ScopeClaim, Scope),
        ], scheme));

    /// <summary>Whether a service can be told this value.</summary>
    public static bool FitsAHeader(string value) =>
        value.Length is > 0 and <= 200 && value.All(character => character is > ' ' and <= '~');
}
