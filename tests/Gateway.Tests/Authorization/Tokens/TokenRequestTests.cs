namespace Gateway.Tests.Authorization.Tokens;

/// <summary>What is refused as RFC 6749 section 5.2 says, whatever the assertion is.</summary>
public class TokenRequestTests
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [Theory]
    [InlineData("client_assertion=x", 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request")]
    [InlineData("grant_type=password&username=a&password=b", 400, "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials&client_id=north-system&client_secret=guess", 401, "invalid_client")]
    [InlineData($"grant_type=client_credentials&client_assertion_type={JwtBearer}", 401, "invalid_client")]
    [InlineData($"grant_type=client_credentials&client_assertion_type={JwtBearer}&client_assertion=x", 401, "invalid_client")]
    public async Task A_form_that_asks_for_something_else_is_refused_by_its_code(string form, int status, string code)
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);

        using var answer = await gateway.Client.PostAsync("/auth/token", new StringContent(
            form, encoding: null, "application/x-www-form-urlencoded"));

        await answer.IsOAuthError(status, code);
    }

    [Fact]
    public async Task Another_kind_of_body_is_refused_and_a_large_one_not_read()
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);

        using var json = await gateway.Client.PostAsync(
            "/auth/token", new StringContent("{}", encoding: null, "application/json"));
        using var large = await TestSystem.Ask(gateway, new string('x', 40_000));

        await json.IsOAuthError(400, "invalid_request");
        await large.IsOutcome(413, "SEND_TOO_LARGE", "too-long");
    }

    [Theory]
    [InlineData("system/Task.cruds")]
    [InlineData("system/*.rs")]
    [InlineData("system/Task.rs system/Patient.r")]
    [InlineData("nonsense")]
    public async Task A_scope_that_the_client_has_not_is_refused(string scope)
    {
        using var system = new TestSystem { Scopes = "system/Task.rs" };
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);

        using var answer = await TestSystem.Ask(gateway, system.Assertion(), ("scope", scope));

        Assert.Contains("it may have system/Task.rs", await answer.IsOAuthError(400, "invalid_scope"));
    }

    [Fact]
    public async Task A_flood_of_token_requests_is_refused_like_any_other()
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before(
            "http://127.0.0.1:1/", [.. system.Settings, ("Gateway:RateLimit:RequestsPerSecond", "1")]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TestSystem.Ask(gateway, "x")));

        Assert.Contains(answers, answer => (int)answer.StatusCode == 429);
    }
}
