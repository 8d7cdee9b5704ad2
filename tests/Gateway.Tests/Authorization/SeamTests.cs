using System.Security.Claims;
using System.Text.Encodings.Web;
using Gateway.Authorization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Authorization;

/// <summary>What every authentication scheme may rely on, shown with one that reads "organisation tenant reach scope".</summary>
public class SeamTests
{
    [Fact]
    public async Task The_service_gets_the_caller_and_not_the_credentials()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await Before(upstream);

        using var answer = await Get(gateway, "/ips/fhir/metadata", "Named oh-north north tenant system/*.cruds");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("oh-north", upstream.Single.Headers["omh-organisation"]);
        Assert.Equal("north", upstream.Single.Headers["omh-tenant"]);
        Assert.Equal("tenant", upstream.Single.Headers["omh-reach"]);
        Assert.DoesNotContain("Authorization", upstream.Single.Headers.Keys);
    }

    [Theory]
    [InlineData("/occupational-health/fhir/metadata")]
    [InlineData("/ips/fhir/metadata")]
    [InlineData("/regions/fhir/metadata")]
    public async Task No_base_is_open_to_a_client_without_credentials(string target)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await Before(upstream);

        using var answer = await Get(gateway, target, credentials: null);

        await answer.IsOutcome(401, "SEND_UNAUTHORIZED", "login");
        Assert.Equal("Named", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_client_of_no_tenant_is_forbidden()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await Before(upstream);

        using var answer = await Get(gateway, "/ips/fhir/metadata", "Named oh-north");

        await answer.IsOutcome(403, "SEND_FORBIDDEN", "forbidden");
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_client_without_a_scope_is_forbidden()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await Before(upstream);

        using var answer = await Get(gateway, "/ips/fhir/Task", "Named oh-north north tenant");

        await answer.IsOutcome(403, "SEND_FORBIDDEN", "forbidden");
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Two_organisations_at_one_address_have_a_rate_limit_each()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await Before(upstream, ("Gateway:RateLimit:RequestsPerSecond", "1"));

        var flood = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Get(gateway, "/ips/fhir/metadata", "Named oh-north north tenant system/*.cruds")));
        using var other = await Get(gateway, "/ips/fhir/metadata", "Named oh-south south tenant system/*.cruds");

        Assert.Contains(flood, answer => (int)answer.StatusCode == 429);
        Assert.True(other.IsSuccessStatusCode);
    }

    private static Task<RunningGateway> Before(Upstream upstream, params (string Key, string Value)[] settings) =>
        RunningGateway.Start(
            builder => builder.Services.AddAuthentication("Named")
                .AddScheme<AuthenticationSchemeOptions, Named>("Named", configureOptions: null),
            [.. RunningGateway.AllTo(upstream.Address), .. settings]);

    private static async Task<HttpResponseMessage> Get(RunningGateway gateway, string target, string? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (credentials is not null) request.Headers.TryAddWithoutValidation("Authorization", credentials);
        return await gateway.Client.SendAsync(request);
    }

    private sealed class Named(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            string[] claims = [Caller.OrganisationClaim, Caller.TenantClaim, Caller.ReachClaim, Caller.ScopeClaim];
            return Request.Headers.Authorization.ToString().Split(' ') is ["Named", .. var values]
                ? Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity(
                        claims.Zip(values, (type, value) => new Claim(type, value)), "Named")), "Named")))
                : Task.FromResult(AuthenticateResult.NoResult());
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Headers.WWWAuthenticate = "Named";
            return base.HandleChallengeAsync(properties);
        }
    }
}
