using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Authorization.Tokens;

public class TokenTests
{
    [Theory]
    [InlineData("RS384")]
    [InlineData("ES384")]
    public async Task A_registered_system_gets_a_token_and_the_service_learns_who_it_is(string algorithm)
    {
        using var system = new TestSystem { Reach = "organisation" };
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, system.Settings);

        using var given = await TestSystem.Ask(gateway, system.Assertion(algorithm), ("scope", "system/Task.rs"));
        var answer = JsonNode.Parse(await given.Content.ReadAsStringAsync())!;
        using var read = await TestSystem.Send(gateway, (string)answer["access_token"]!, "/ips/fhir/Task/1");

        Assert.Equal("Bearer 300 system/Task.rs", $"{answer["token_type"]} {answer["expires_in"]} {answer["scope"]}");
        Assert.Equal("no-store", given.Headers.CacheControl?.ToString());
        Assert.Equal("no-cache", given.Headers.Pragma.ToString());
        Assert.True(read.IsSuccessStatusCode);
        Assert.Equal("oh-north", upstream.Single.Headers["omh-organisation"]);
        Assert.Equal("local", upstream.Single.Headers["omh-tenant"]);
        Assert.Equal("organisation", upstream.Single.Headers["omh-reach"]);
        Assert.DoesNotContain("Authorization", upstream.Single.Headers.Keys);
    }

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("not-a-token", "Bearer error=\"invalid_token\"")]
    public async Task Without_a_valid_token_nobody_passes(string? token, string challenge)
    {
        using var system = new TestSystem();
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, system.Settings);

        using var answer = await TestSystem.Send(gateway, token, "/ips/fhir/Task/1");

        await answer.IsOutcome(401, "SEND_UNAUTHORIZED", "login");
        Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_no_more()
    {
        using var system = new TestSystem { Scopes = "system/Task.rs system/Observation.c" };
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, system.Settings);
        var token = await system.Token(gateway, ("scope", "system/Task.r"));

        using var within = await TestSystem.Send(gateway, token, "/ips/fhir/Task/1");
        using var beyond = await TestSystem.Send(gateway, token, "/ips/fhir/Task/1", "PUT");
        using var unasked = await TestSystem.Send(gateway, token, "/ips/fhir/Task");

        Assert.True(within.IsSuccessStatusCode);
        await beyond.IsOutcome(403, "SEND_FORBIDDEN", "forbidden");
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"system/Task.u\"", beyond.Headers.WwwAuthenticate.ToString());
        Assert.Equal(403, (int)unasked.StatusCode);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task A_token_ends_after_five_minutes()
    {
        using var system = new TestSystem();
        var clock = new SetClock();
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Start(
            builder => builder.Services.AddSingleton<TimeProvider>(clock),
            [.. RunningGateway.AllTo(upstream.Address), .. system.Settings]);
        var (used, kept) = (await system.Token(gateway), await system.Token(gateway));

        clock.Forward(TimeSpan.FromSeconds(298));
        using var early = await TestSystem.Send(gateway, used, "/ips/fhir/Task/1");
        clock.Forward(TimeSpan.FromSeconds(2));
        using var late = await TestSystem.Send(gateway, used, "/ips/fhir/Task/1");
        using var first = await TestSystem.Send(gateway, kept, "/ips/fhir/Task/1");

        Assert.Equal("200 401 401", $"{(int)early.StatusCode} {(int)late.StatusCode} {(int)first.StatusCode}");
    }

    [Fact]
    public async Task Gateways_with_one_signing_key_know_each_others_tokens()
    {
        using var system = new TestSystem();
        await using var upstream = await Upstream.OnTcp();
        await using var one = await RunningGateway.Before(upstream, system.Settings);
        await using var two = await RunningGateway.Before(upstream, system.Settings);
        await using var strange = await RunningGateway.Before(upstream,
            [.. system.Settings, ("Authorization:SigningKeyFile", Path.Combine(system.Folder, "another.pem"))]);

        var token = await system.Token(one);
        using var known = await TestSystem.Send(two, token, "/ips/fhir/Task/1");
        using var unknown = await TestSystem.Send(strange, token, "/ips/fhir/Task/1");

        Assert.Equal("200 401", $"{(int)known.StatusCode} {(int)unknown.StatusCode}");
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(system.Folder, "gateway-signing.pem")));
    }

    [Fact]
    public async Task Anybody_can_check_a_token_by_the_published_keys()
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);
        var token = await system.Token(gateway);

        var jwks = JsonNode.Parse(await gateway.Client.GetStringAsync("/auth/jwks"))!["keys"]![0]!.AsObject();
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP384,
            Q = new ECPoint { X = Bytes(jwks["x"]!), Y = Bytes(jwks["y"]!) },
        });
        var parts = token.Split('.');

        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA384));
        Assert.Equal((string?)jwks["kid"], (string?)Jwt.Part(token, 0)["kid"]);
        Assert.Equal("at+jwt", (string?)Jwt.Part(token, 0)["typ"]);
        Assert.DoesNotContain("d", jwks.Select(field => field.Key));
        Assert.Equal(
            $"{TestSystem.Address} {TestSystem.Address} north-system oh-north tenant system/*.cruds",
            string.Join(' ', ((string[])["iss", "aud", "client_id", "omh_organisation", "omh_reach", "scope"])
                .Select(claim => (string?)Jwt.Part(token, 1)[claim])));
    }

    [Theory]
    [InlineData("/occupational-health/fhir")]
    [InlineData("/ips/fhir")]
    [InlineData("/regions/fhir")]
    public async Task Every_base_says_how_a_token_is_had(string root)
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);

        using var answer = await gateway.Client.GetAsync($"{root}/.well-known/smart-configuration");
        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("https://omh.example/auth/token", (string?)told["token_endpoint"]);
        Assert.Equal("https://omh.example/auth/jwks", (string?)told["jwks_uri"]);
        Assert.Equal("""["private_key_jwt"]""", told["token_endpoint_auth_methods_supported"]!.ToJsonString());
        Assert.Equal("""["RS384","ES384"]""", told["token_endpoint_auth_signing_alg_values_supported"]!.ToJsonString());
        Assert.Contains("client-confidential-asymmetric", told["capabilities"]!.ToJsonString());
    }

    [Theory]
    [InlineData("GET", "/auth/jwks")]
    [InlineData("POST", "/auth/token")]
    [InlineData("GET", "/ips/fhir/.well-known/smart-configuration")]
    public async Task Nothing_of_tokens_is_there_while_access_is_open(string method, string target)
    {
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/");

        using var answer = await TestSystem.Send(gateway, null, target, method);

        await answer.IsOutcome(404, "SEND_NOT_FOUND", "not-found");
    }

    [Fact]
    public async Task Without_an_address_of_its_own_the_gateway_goes_by_the_one_of_the_request()
    {
        using var system = new TestSystem();
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, [.. system.Settings, ("Authorization:Address", "")]);
        var claims = system.Claims();
        claims["aud"] = $"http://127.0.0.1:{gateway.Port}/auth/token";

        using var given = await TestSystem.Ask(gateway, Jwt.Write(
            TestSystem.Header("ES384", "ec"), claims, data => Jwt.Es384(system.Ec, data)));
        var token = (string?)JsonNode.Parse(await given.Content.ReadAsStringAsync())!["access_token"];
        using var read = await TestSystem.Send(gateway, token, "/ips/fhir/Task/1");
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/ips/fhir/Task/1");
        elsewhere.Headers.Host = $"localhost:{gateway.Port}";
        elsewhere.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var refused = await gateway.Client.SendAsync(elsewhere);

        Assert.Equal("200 401", $"{(int)read.StatusCode} {(int)refused.StatusCode}");
    }

    private static byte[] Bytes(JsonNode text) => Bytes((string)text!);

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
