namespace Gateway.Tests.Authorization.Tokens;

public class ReplayTests
{
    [Fact]
    public async Task Of_twenty_at_once_at_two_gateways_one_gets_a_token()
    {
        using var system = new TestSystem();
        await using var one = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);
        await using var two = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);
        var assertion = system.Assertion();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => TestSystem.Ask(i % 2 == 0 ? one : two, assertion)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
            Assert.Equal("The assertion is refused: jti was used before.", await answer.IsOAuthError(401, "invalid_client"));
    }

    [Fact]
    public async Task What_was_used_stays_used_when_the_gateway_starts_again()
    {
        using var system = new TestSystem();
        var assertion = system.Assertion();
        await using (var before = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings))
        {
            using var first = await TestSystem.Ask(before, assertion);
            Assert.True(first.IsSuccessStatusCode);
        }

        await using var after = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);
        using var again = await TestSystem.Ask(after, assertion);

        await again.IsOAuthError(401, "invalid_client");
    }

    [Fact]
    public async Task Two_systems_may_use_one_jti()
    {
        using var north = new TestSystem();
        using var south = new TestSystem { Name = "south" };
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", [.. south.Settings, .. north.Settings]);

        foreach (var system in (TestSystem[])[north, south])
        {
            var claims = system.Claims();
            claims["jti"] = "one";
            using var answer = await TestSystem.Ask(gateway, Jwt.Write(
                TestSystem.Header("ES384", "ec"), claims, data => Jwt.Es384(system.Ec, data)));
            Assert.True(answer.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task While_the_store_of_used_assertions_is_away_nobody_gets_a_token()
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/",
            [.. system.Settings, ("Authorization:ReplayStore", "Host=127.0.0.1;Port=1;Database=none;Username=none")]);

        using var answer = await TestSystem.Ask(gateway, system.Assertion());

        await answer.IsOutcome(503, "PROXY_UNAVAILABLE", "transient");
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
