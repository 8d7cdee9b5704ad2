using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Authorization;

/// <summary>A system of an organisation, with a key of its own, that can be registered and ask for tokens.</summary>
internal sealed class TestSystem : IDisposable
{
    public const string Address = "https://omh.example";

    // Making one takes longer than all else in most tests.
    private static readonly RSA OneForAll = RSA.Create(2048);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("omh-system-");

    public TestSystem() => File.WriteAllText(
        JwksFile, new JsonObject { ["keys"] = new JsonArray(RsaJwk(), EcJwk()) }.ToJsonString());

    public string Name { get; init; } = "north";

    public string Scopes { get; init; } = "system/*.cruds";

    public string Reach { get; init; } = "tenant";

    public string ClientId => $"{Name}-system";

    public RSA Rsa => OneForAll;

    public ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public string Folder => folder.FullName;

    public string JwksFile => Path.Combine(Folder, "jwks.json");

    /// <summary>What registers it, at a gateway whose files are in a folder of its own.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Authorization:Address", Address), ("Authorization:Folder", Folder),
        ($"Authorization:Clients:{Name}:ClientId", ClientId), ($"Authorization:Clients:{Name}:Organisation", $"oh-{Name}"),
        ($"Authorization:Clients:{Name}:JwksFile", JwksFile), ($"Authorization:Clients:{Name}:Scopes", Scopes),
        ($"Authorization:Clients:{Name}:Reach", Reach),
    ];

    public JsonObject RsaJwk()
    {
        var numbers = Rsa.ExportParameters(false);
        return new()
        {
            ["kty"] = "RSA", ["kid"] = "rsa", ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
    }

    public JsonObject EcJwk()
    {
        var point = Ec.ExportParameters(false).Q;
        return new()
        {
            ["kty"] = "EC", ["crv"] = "P-384", ["kid"] = "ec", ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    public static JsonObject Header(string algorithm, string kid) =>
        new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = kid };

    public JsonObject Claims() => new()
    {
        ["iss"] = ClientId, ["sub"] = ClientId, ["aud"] = $"{Address}/auth/token",
        ["jti"] = Guid.CreateVersion7().ToString(),
        ["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 240,
    };

    /// <summary>A good assertion.</summary>
    public string Assertion(string algorithm = "ES384") => algorithm == "ES384"
        ? Jwt.Write(Header("ES384", "ec"), Claims(), data => Jwt.Es384(Ec, data))
        : Jwt.Write(Header("RS384", "rsa"), Claims(), data => Jwt.Rs384(Rsa, data));

    public static Task<HttpResponseMessage> Ask(
        RunningGateway gateway, string assertion, params (string Name, string Value)[] more) =>
        gateway.Client.PostAsync("/auth/token", new FormUrlEncodedContent(more
            .Append(("grant_type", "client_credentials"))
            .Append(("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))
            .Append(("client_assertion", assertion))
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    /// <summary>A token, which must be given.</summary>
    public async Task<string> Token(RunningGateway gateway, params (string Name, string Value)[] more)
    {
        using var answer = await Ask(gateway, Assertion(), more);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["access_token"]!;
    }

    public static async Task<HttpResponseMessage> Send(
        RunningGateway gateway, string? token, string target, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await gateway.Client.SendAsync(request);
    }

    public void Dispose()
    {
        Ec.Dispose();
        folder.Delete(recursive: true);
    }
}
