using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Authorization.Clients;

public class RegistrationTests
{
    [Theory]
    [InlineData("Authorization:Clients:north:ClientId", "two words")]
    [InlineData("Authorization:Clients:north:Organisation", "")]
    [InlineData("Authorization:Clients:north:Reach", "all")]
    [InlineData("Authorization:Clients:north:Scopes", "")]
    [InlineData("Authorization:Clients:north:Scopes", "system/Task.read")]
    [InlineData("Authorization:Clients:north:JwksFile", "/nowhere/jwks.json")]
    [InlineData("Authorization:Address", "omh.example")]
    [InlineData("Authorization:Address", "https://omh.example/fhir")]
    [InlineData("Authorization:SigningKeyFile", "/dev/null")]
    [InlineData("Authorization:ReplayStorePasswordFile", "/nowhere/password")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value)
    {
        using var system = new TestSystem();

        Assert.StartsWith(key, Assert.Single(await Faults([.. system.Settings, (key, value)])));
    }

    [Fact]
    public async Task Without_an_address_not_every_host_may_be_let_in()
    {
        using var system = new TestSystem();

        Assert.StartsWith("Authorization:Address", Assert.Single(await Faults(
            [.. system.Settings, ("Authorization:Address", ""), ("AllowedHosts", "*")])));
    }

    [Fact]
    public async Task Two_clients_cannot_have_one_id()
    {
        using var north = new TestSystem();
        using var south = new TestSystem { Name = "south" };

        Assert.StartsWith("Authorization:Clients:north and south", Assert.Single(await Faults(
            [.. south.Settings, .. north.Settings, ("Authorization:Clients:south:ClientId", north.ClientId)])));
    }

    [Fact]
    public async Task Every_fault_is_named_not_only_the_first()
    {
        var faults = await Faults(
            ("Authorization:Clients:north:Reach", "all"), ("Gateway:MaxConnections", "0"));

        // the number of connections, and of the client its id, organisation, reach, keys and scopes
        Assert.Equal(6, faults.Count);
    }

    [Fact]
    public async Task Only_public_keys_of_the_two_kinds_are_taken_each_with_an_id_of_its_own()
    {
        using var system = new TestSystem();
        using var small = RSA.Create(1024);
        var numbers = small.ExportParameters(true);
        JsonObject[] keys =
        [
            Changed(system.EcJwk(), "d", "AAAA"), Changed(system.EcJwk(), "kid", ""), Changed(system.EcJwk(), "crv", "P-256"),
            Changed(system.EcJwk(), "x", "AAAA"), new() { ["kty"] = "oct", ["kid"] = "secret", ["k"] = "AAAA" },
            new()
            {
                ["kty"] = "RSA", ["kid"] = "small", ["e"] = "AQAB",
                ["n"] = System.Buffers.Text.Base64Url.EncodeToString(numbers.Modulus),
            },
            system.RsaJwk(), system.RsaJwk(),
        ];
        await File.WriteAllTextAsync(
            system.JwksFile, new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString());

        var faults = await Faults(system.Settings);

        Assert.Equal(7, faults.Count);
        Assert.All(faults, fault => Assert.StartsWith("Authorization:Clients:north:JwksFile holds the key", fault));
    }

    private static JsonObject Changed(JsonObject key, string name, string value)
    {
        key[name] = value;
        return key;
    }

    private static async Task<IReadOnlyCollection<string>> Faults(params (string, string)[] settings) =>
        [.. (await Assert.ThrowsAsync<OptionsValidationException>(() => RunningGateway.Start(settings))).Failures];
}
