using System.Security.Claims;
using Gateway.Authorization;

namespace Gateway.Tests.Authorization;

public class CallerTests
{
    private static readonly Caller North = new("oh-north", "north", Reach.Organisation, "system/Task.rs");

    [Fact]
    public void A_caller_survives_the_way_through_its_principal() =>
        Assert.Equal(North, Caller.Of(North.ToPrincipal("test")));

    [Fact]
    public void Claims_without_authentication_make_no_caller() =>
        Assert.Null(Caller.Of(new ClaimsPrincipal(new ClaimsIdentity(North.ToPrincipal("test").Claims))));

    [Theory]
    [InlineData(Caller.OrganisationClaim)]
    [InlineData(Caller.TenantClaim)]
    [InlineData(Caller.ReachClaim)]
    public void A_principal_that_lacks_a_claim_makes_no_caller(string claim) =>
        Assert.Null(Caller.Of(new ClaimsPrincipal(new ClaimsIdentity(
            North.ToPrincipal("test").Claims.Where(other => other.Type != claim), "test"))));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\r\nomh-tenant: another")]
    [InlineData("työterveys")]
    public void A_claim_that_cannot_travel_in_a_header_makes_no_caller(string organisation) =>
        Assert.Null(Caller.Of((North with { Organisation = organisation }).ToPrincipal("test")));

    [Fact]
    public void A_reach_that_nobody_knows_makes_no_caller() =>
        Assert.Null(Caller.Of((North with { Reach = "everything" }).ToPrincipal("test")));

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
