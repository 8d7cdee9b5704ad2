using Gateway.Authorization.Tokens;

namespace Gateway.Tests.Authorization.Tokens;

public class AssertionPolicyTests
{
    private const string Audience = "https://omh.example/auth/token";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static readonly AssertionClaims Good =
        new("north", "north", [Audience], "one", Now.ToUnixTimeSeconds() + 300, null, null);

    [Fact]
    public void A_good_assertion_meets_no_objection() => Assert.Empty(Objections(Good));

    // Five minutes at most: SMART, client-confidential-asymmetric; the clocks may differ by 30 s.
    [Theory]
    [InlineData(-29, true)]
    [InlineData(-30, false)]
    [InlineData(330, true)]
    [InlineData(331, false)]
    public void Its_end_lies_within_five_minutes(long seconds, bool good) =>
        Assert.Equal(good, !Objections(Good with { Expires = Now.ToUnixTimeSeconds() + seconds }).Any());

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void It_does_not_begin_later(long seconds, bool good)
    {
        Assert.Equal(good, !Objections(Good with { NotBefore = Now.ToUnixTimeSeconds() + seconds }).Any());
        Assert.Equal(good, !Objections(Good with { IssuedAt = Now.ToUnixTimeSeconds() + seconds }).Any());
    }

    [Theory]
    [InlineData("https://omh.example/auth/token/")]
    [InlineData("https://omh.example")]
    [InlineData("https://other.example/auth/token")]
    [InlineData("https://omh.example/auth/token", "https://other.example/auth/token")]
    [InlineData]
    public void It_is_for_the_token_endpoint_alone(params string[] audiences) =>
        Assert.Equal(["aud must be the token endpoint alone"], Objections(Good with { Audiences = audiences }));

    [Fact]
    public void Every_objection_is_told_not_only_the_first()
    {
        var bad = new AssertionClaims("north", "south", [], "", null, long.MaxValue, long.MaxValue);

        Assert.Equal(
            [
                "iss and sub must both be the client_id", "aud must be the token endpoint alone",
                "jti must have 1 to 200 characters", "exp is missing", "nbf is not reached", "iat is not reached",
            ],
            Objections(bad));
    }

    private static IEnumerable<string> Objections(AssertionClaims claims) =>
        AssertionPolicy.Objections(claims, Audience, Now);
}
