using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using TestServers;

namespace Deploy.Tests.Manifests;

public sealed class ComposeTests
{
    private static readonly string[] Servers = ["postgres", "rabbitmq"];

    [Fact]
    public async Task Only_the_gateway_is_published_and_on_this_machine_only()
    {
        foreach (var (name, service) in await Services())
        {
            var ports = service.List("ports").Select(port => port.ToString());
            Assert.Equal(name == "gateway" ? ["${OMH_BIND:-127.0.0.1}:${OMH_PORT:-8080}:8080"] : [], ports);
            Assert.Equal("", service.Text("network_mode"));
        }
    }

    [Fact]
    public async Task The_gateway_cannot_reach_the_servers_nor_the_servers_the_world()
    {
        var networks = (await Services()).ToDictionary(service => service.Key, service => service.Value.List("networks")
            .Select(network => network.ToString()).ToArray(), StringComparer.Ordinal);

        Assert.All(Servers, server => Assert.Empty(networks["gateway"].Intersect(networks[server])));
        Assert.All(Servers, server => Assert.Equal(["servers"], networks[server]));
        Assert.Equal("true", (await Manifest.Of(Manifest.Compose)).Documents[0].Text("networks/servers/internal"));
    }

    [Fact]
    public async Task Everything_is_watched_and_comes_back_and_our_programs_are_closed()
    {
        foreach (var (name, service) in await Services())
        {
            Assert.Equal("unless-stopped", service.Text("restart"));
            Assert.NotEmpty(service.List("healthcheck/test"));
            if (Servers.Contains(name)) continue;
            Assert.Equal("true", service.Text("read_only"));
            Assert.Equal(["ALL"], service.List("cap_drop").Select(right => right.ToString()));
            Assert.Equal(["no-new-privileges:true"], service.List("security_opt").Select(option => option.ToString()));
            Assert.Equal("40s", service.Text("stop_grace_period"));
            Assert.True(new HostOptions().ShutdownTimeout < TimeSpan.FromSeconds(40));
        }
    }

    [Fact]
    public async Task Every_secret_is_one_that_the_scripts_make()
    {
        var compose = (await Manifest.Of(Manifest.Compose)).Documents[0];
        var folder = Directory.CreateTempSubdirectory("omh-secrets-");
        var made = await Shell.Bash(
            $"deploy/secrets.sh {folder.FullName}/secrets && deploy/certificates.sh {folder.FullName}/tls rabbitmq");
        Assert.True(made.Code == 0, made.Errors);

        foreach (var (name, secret) in compose["secrets"]!.AsObject())
        {
            var file = secret.Text("file").Replace(
                "${OMH_DATA:-../omh-data/containers}", folder.FullName, StringComparison.Ordinal);
            Assert.True(new FileInfo(file) is { Exists: true, Length: > 0 }, file);
            Assert.Equal(name, Path.GetFileName(file));
        }

        var known = compose["secrets"]!.AsObject().Select(secret => secret.Key).ToArray();
        Assert.All((await Services()).SelectMany(service => service.Value.List("secrets")),
            secret => Assert.Contains(secret.ToString(), known));
        folder.Delete(recursive: true);
    }

    private static async Task<IReadOnlyDictionary<string, JsonNode>> Services() =>
        (await Manifest.Of(Manifest.Compose)).Documents[0]["services"]!.AsObject().ToDictionary(
            service => service.Key, service => service.Value!, StringComparer.Ordinal);
}
