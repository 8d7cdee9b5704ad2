using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;
using ServiceKit.Hosting;
using ServiceKit.Settings;
using TestServers;

namespace Deploy.Tests.Local;

/// <summary>Settings of TLS against the real broker, whose certificate an authority of its own has signed.</summary>
[Collection(LocalCollection.Name)]
public sealed class BrokerTlsTests : IDisposable
{
    private readonly LocalSystem system;
    private readonly string folder = Directory.CreateTempSubdirectory("omh-tls-").FullName;

    public BrokerTlsTests(RunningLocal local)
    {
        system = local.System;
        using var own = Authority.Of(system);
        using var stranger = Authority.Stranger();
        own.WriteOwn(folder, "own");
        own.WriteClient(folder, "client");
        stranger.WriteOwn(folder, "stranger");
        stranger.WriteClient(folder, "strange-client");
    }

    [Theory]
    [InlineData("TlsCaFile=own.pem", true)]
    [InlineData("TlsCaFile=own.pem TlsCertificateFile=client.pem TlsKeyFile=client.key", true)]
    [InlineData("TlsCaFile=stranger.pem", false)]
    [InlineData("", false)]
    [InlineData("TlsCaFile=own.pem TlsServerName=rabbit.example", false)]
    [InlineData("TlsCaFile=own.pem TlsCertificateFile=strange-client.pem TlsKeyFile=strange-client.key", false)]
    [InlineData("Tls=false TlsServerName=", false)]
    public async Task Services_reach_the_broker_only_where_both_sides_are_trusted(string settings, bool reached)
    {
        var configuration = Configuration(settings);
        var options = SettingsReader.Read<BusOptions>(configuration).Settings;

        if (reached)
        {
            await using var connection = await options.Factory().CreateConnectionAsync();
            Assert.True(connection.IsOpen);
        }
        else
        {
            await Assert.ThrowsAsync<BrokerUnreachableException>(() => options.Factory().CreateConnectionAsync());
        }

        Assert.Equal(reached, await BusGetsReady(configuration));
    }

    [Fact]
    public async Task The_certificate_that_is_given_is_the_one_that_the_broker_sees()
    {
        var configuration = Configuration("TlsCaFile=own.pem TlsCertificateFile=client.pem TlsKeyFile=client.key");
        await using var connection =
            await SettingsReader.Read<BusOptions>(configuration).Settings.Factory().CreateConnectionAsync();

        var seen = await Shell.Bash(
            $". deploy/servers.sh; rabbit_port={system.RabbitPort} administer_rabbit {system.Folder} list_connections peer_cert_subject");

        Assert.Contains("CN=client", seen.Output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IConfiguration Configuration(string settings)
    {
        var configuration = new ConfigurationManager();
        var always = $"Host=127.0.0.1 Port={system.RabbitPort} VirtualHost=omh User=region-handoff "
            + $"Password={system.Secret("region-handoff.rabbit")} Tls=true TlsServerName=localhost";
        foreach (var setting in $"{always} {settings}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = (setting.Split('=')[0], setting.Split('=')[1]);
            configuration[$"Bus:{key}"] = key.EndsWith("File", StringComparison.Ordinal) ? Path.Combine(folder, value) : value;
        }

        return configuration;
    }

    // The bus that services use, not only a connection of ours. One that is refused stays so.
    private static async Task<bool> BusGetsReady(IConfiguration configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddConfiguration(configuration);
        builder.AddServiceHost();
        await using var app = builder.Build();
        app.UseServiceHost();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        for (var i = 0; i < 30; i++)
        {
            using var answer = await client.GetAsync("/health/ready");
            if (answer.StatusCode == HttpStatusCode.OK) return true;
            await Task.Delay(100);
        }

        return false;
    }
}
