using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Authorization.Tokens;

/// <summary>Assertions and tokens that are not what they seem; each is refused, and the one beside it still works.</summary>
public class TokenAttackTests
{
    // Each makes an assertion that differs from a good one in one thing.
    private static readonly Dictionary<string, Func<TestSystem, string>> Assertions = new()
    {
        ["no signature"] = system => Jwt.Write(TestSystem.Header("none", "ec"), system.Claims(), _ => []),
        ["None, spelled otherwise"] = system => Jwt.Write(TestSystem.Header("nOnE", "ec"), system.Claims(), _ => []),
        ["good algorithm, empty signature"] = system => Jwt.Write(Ec(), system.Claims(), _ => []),
        ["the public key as a shared secret, as PEM"] = system => Hmac(system, system.Rsa.ExportSubjectPublicKeyInfoPem()),
        ["the public key as a shared secret, as JWK"] = system => Hmac(system, system.RsaJwk().ToJsonString()),
        ["RS256"] = system => Jwt.Write(TestSystem.Header("RS256", "rsa"), system.Claims(),
            data => system.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ["PS384"] = system => Jwt.Write(TestSystem.Header("PS384", "rsa"), system.Claims(),
            data => system.Rsa.SignData(data, HashAlgorithmName.SHA384, RSASignaturePadding.Pss)),
        ["RS384 with the id of the EC key"] = system => Jwt.Write(
            TestSystem.Header("RS384", "ec"), system.Claims(), data => Jwt.Rs384(system.Rsa, data)),
        ["ES384 with the id of the RSA key"] = system => Jwt.Write(
            TestSystem.Header("ES384", "rsa"), system.Claims(), data => Jwt.Es384(system.Ec, data)),
        ["signature of zeros (CVE-2022-21449)"] = system => Jwt.Write(Ec(), system.Claims(), _ => new byte[96]),
        ["a key of one's own"] = system => Own(system, Ec()),
        ["an unknown kid"] = system => Own(system, TestSystem.Header("ES384", "mine")),
        ["a kid that is a path"] = system => Own(system, TestSystem.Header("ES384", "../../dev/null")),
        ["no kid"] = system => Signed(system, new JsonObject { ["alg"] = "ES384" }, system.Claims()),
        ["jku"] = system => Own(system, With(Ec(), "jku", "https://evil.example/jwks")),
        ["jku, well signed"] = system => Signed(system, With(Ec(), "jku", "https://evil.example/jwks"), system.Claims()),
        ["x5u"] = system => Own(system, With(Ec(), "x5u", "https://evil.example/cert")),
        ["jwk"] = system =>
        {
            using var own = new TestSystem();
            return Jwt.Write(With(Ec(), "jwk", own.EcJwk()), system.Claims(), data => Jwt.Es384(own.Ec, data));
        },
        ["x5c"] = system => Own(system, With(Ec(), "x5c", new JsonArray("MIIB"))),
        ["crit"] = system => Signed(system, With(Ec(), "crit", new JsonArray("exp")), system.Claims()),
        ["the type of an access token"] = system => Signed(system, With(Ec(), "typ", "at+jwt"), system.Claims()),
        ["another's name"] = system => Claiming(system, ("iss", "other"), ("sub", "other")),
        ["no issuer"] = system => Claiming(system, ("iss", null)),
        ["a foreign subject"] = system => Claiming(system, ("sub", "other")),
        ["another server's audience"] = system => Claiming(system, ("aud", "https://other.example/auth/token")),
        ["two audiences"] = system => Claiming(
            system, ("aud", new JsonArray($"{TestSystem.Address}/auth/token", "https://other.example/auth/token"))),
        ["no audience"] = system => Claiming(system, ("aud", null)),
        ["over"] = system => Claiming(system, ("exp", Now - 31)),
        ["too long"] = system => Claiming(system, ("exp", Now + 400)),
        ["for ever"] = system => Claiming(system, ("exp", long.MaxValue)),
        ["an end that is no number"] = system => Claiming(system, ("exp", "tomorrow")),
        ["no end"] = system => Claiming(system, ("exp", null)),
        ["not yet"] = system => Claiming(system, ("nbf", Now + 60)),
        ["no jti"] = system => Claiming(system, ("jti", null)),
        ["claims changed after signing"] = system =>
        {
            var parts = system.Assertion().Split('.');
            return $"{parts[0]}.{Jwt.Part(system.Claims())}.{parts[2]}";
        },
        ["a part too many"] = system => $"{system.Assertion()}.e30",
        ["no JSON"] = system => $"e30.{Convert.ToBase64String("nothing"u8)}.{system.Assertion().Split('.')[2]}",
        ["nested 10,000 deep"] = _ => $"{Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('[', 10_000)))}.e30.e30",
    };

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task No_assertion_that_is_wrong_in_one_thing_gets_a_token()
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);
        List<string> taken = [];

        foreach (var (name, assertion) in Assertions)
        {
            using var answer = await TestSystem.Ask(gateway, assertion(system));
            if (answer.StatusCode != System.Net.HttpStatusCode.Unauthorized) taken.Add($"{name}: {answer.StatusCode}");
            else await answer.IsOAuthError(401, "invalid_client");
        }

        Assert.Empty(taken);
        Assert.NotEmpty(await system.Token(gateway));
    }

    [Fact]
    public async Task No_token_is_good_that_this_gateway_did_not_give_as_it_is()
    {
        using var system = new TestSystem { Scopes = "system/Task.r" };
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, system.Settings);
        var token = await system.Token(gateway);
        var (header, claims, signature) = (Jwt.Part(token, 0), Jwt.Part(token, 1), token.Split('.')[2]);
        var more = With(claims.DeepClone().AsObject(), "scope", "system/*.cruds");
        var pem = await File.ReadAllTextAsync(Path.Combine(system.Folder, "gateway-signing.pem"));

        var forged = new Dictionary<string, string>
        {
            ["an assertion"] = system.Assertion(),
            ["more scopes"] = $"{token.Split('.')[0]}.{Jwt.Part(more)}.{signature}",
            ["no signature"] = Jwt.Write(With(Clone(header), "alg", "none"), claims, _ => []),
            ["a client's key"] = Jwt.Write(Clone(header), claims, data => Jwt.Es384(system.Ec, data)),
            ["a shared secret"] = Jwt.Write(With(Clone(header), "alg", "HS384"), claims,
                data => HMACSHA384.HashData(Encoding.UTF8.GetBytes(pem), data)),
            ["another type"] = ByGateway(pem, With(Clone(header), "typ", "JWT"), claims),
            ["another audience"] = ByGateway(pem, header, With(Clone(claims), "aud", "https://other.example")),
            ["another issuer"] = ByGateway(pem, header, With(Clone(claims), "iss", "https://other.example")),
            ["no end"] = ByGateway(pem, header, With(Clone(claims), "exp", null)),
            ["a client that is gone"] = ByGateway(pem, header, With(Clone(claims), "client_id", "gone")),
            ["a reach that nobody knows"] = ByGateway(pem, header, With(Clone(claims), "omh_reach", "everything")),
        };
        List<string> passed = [];
        foreach (var (name, value) in forged)
        {
            using var answer = await TestSystem.Send(gateway, value, "/ips/fhir/Task/1");
            if ((int)answer.StatusCode is not (401 or 403)) passed.Add($"{name}: {answer.StatusCode}");
        }

        Assert.Empty(passed);
        Assert.Empty(upstream.Requests);
        using var good = await TestSystem.Send(gateway, ByGateway(pem, header, claims), "/ips/fhir/Task/1");
        Assert.True(good.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_access_token_is_no_assertion()
    {
        using var system = new TestSystem();
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/", system.Settings);

        using var answer = await TestSystem.Ask(gateway, await system.Token(gateway));

        await answer.IsOAuthError(401, "invalid_client");
    }

    [Fact]
    public async Task Neither_tokens_nor_assertions_stand_in_logs()
    {
        using var system = new TestSystem();
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(
            upstream, [.. system.Settings, ("Logging:LogLevel:Default", "Trace")]);
        string[] sent = [system.Assertion(), Assertions["over"](system), Assertions["a key of one's own"](system)];

        foreach (var assertion in sent)
        {
            using var refused = await TestSystem.Ask(gateway, assertion);
        }

        var token = await system.Token(gateway);
        using var read = await TestSystem.Send(gateway, token, "/ips/fhir/Task/1");
        using var tampered = await TestSystem.Send(gateway, token[..^4] + "AAAA", "/ips/fhir/Task/1");

        Assert.Contains(gateway.Log.All, line => line.Contains("Client north was given no token: exp is over"));
        Assert.All(sent.Append(token).SelectMany(jwt => jwt.Split('.').Skip(1)), part =>
            Assert.DoesNotContain(gateway.Log.All, line => line.Contains(part[..20])));
    }

    private static JsonObject Ec() => TestSystem.Header("ES384", "ec");

    private static JsonObject With(JsonObject content, string name, JsonNode? value)
    {
        if (value is null) content.Remove(name);
        else content[name] = value;
        return content;
    }

    private static JsonObject Clone(JsonObject content) => content.DeepClone().AsObject();

    private static string Signed(TestSystem system, JsonObject header, JsonObject claims) =>
        Jwt.Write(header, claims, data => Jwt.Es384(system.Ec, data));

    private static string Claiming(TestSystem system, params (string Name, JsonNode? Value)[] claims) =>
        Signed(system, Ec(), claims.Aggregate(system.Claims(), (all, claim) => With(all, claim.Name, claim.Value)));

    private static string Own(TestSystem system, JsonObject header)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return Jwt.Write(header, system.Claims(), data => Jwt.Es384(own, data));
    }

    private static string Hmac(TestSystem system, string secret) => Jwt.Write(
        TestSystem.Header("HS384", "rsa"), system.Claims(), data => HMACSHA384.HashData(Encoding.UTF8.GetBytes(secret), data));

    private static string ByGateway(string pem, JsonObject header, JsonObject claims)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return Jwt.Write(header, claims, data => Jwt.Es384(key, data));
    }
}
