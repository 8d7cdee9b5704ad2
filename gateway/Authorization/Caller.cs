using System.Security.Claims;

namespace Gateway.Authorization;

/// <summary>
/// Who calls: all that the gateway and the services behind it know of a client. Every authentication scheme ends in
/// a principal with these two claims.
/// </summary>
public sealed record Caller(string Organisation, string Tenant)
{
    public const string OrganisationClaim = "organisation";
    public const string TenantClaim = "tenant";

    /// <summary>
    /// The caller that a principal stands for; null where it is not authenticated, or a claim is
    /// missing or could not travel in a header.
    /// </summary>
    public static Caller? Of(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true
        && principal.FindFirstValue(OrganisationClaim) is { } organisation && FitsAHeader(organisation)
        && principal.FindFirstValue(TenantClaim) is { } tenant && FitsAHeader(tenant)
            ? new Caller(organisation, tenant)
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [new Claim(OrganisationClaim, Organisation), new Claim(TenantClaim, Tenant)], scheme));

    private static bool FitsAHeader(string value) =>
        value.Length is > 0 and <= 200 && value.All(character => character is > ' ' and <= '~');
}
