using System.Security.Claims;
using Gateway.Authorization;

namespace Gateway.Tests.Authorization;

public class CallerTests
{
    [Fact]
    public void A_caller_survives_the_way_through_its_principal() =>
        Assert.Equal(new Caller("oh-north", "north"), Caller.Of(new Caller("oh-north", "north").ToPrincipal("test")));

    [Fact]
    public void Claims_without_authentication_make_no_caller() =>
        Assert.Null(Caller.Of(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(Caller.OrganisationClaim, "oh-north"), new Claim(Caller.TenantClaim, "north")]))));

    [Theory]
    [InlineData(Caller.OrganisationClaim)]
    [InlineData(Caller.TenantClaim)]
    public void One_claim_alone_makes_no_caller(string claim) =>
        Assert.Null(Caller.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim(claim, "north")], "test"))));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\r\nomh-tenant: another")]
    [InlineData("työterveys")]
    public void A_claim_that_cannot_travel_in_a_header_makes_no_caller(string organisation) =>
        Assert.Null(Caller.Of(new Caller(organisation, "north").ToPrincipal("test")));

    [Fact]
    public async Task Open_access_is_warned_of_once_at_start()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var first = await gateway.Client.GetAsync("/ips/fhir/metadata");
        using var second = await gateway.Client.GetAsync("/ips/fhir/metadata");

        Assert.Single(gateway.Log.All, line => line.StartsWith("Warning") && line.Contains("Access is open"));
    }
}
