using Microsoft.Extensions.Configuration;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using ServiceKit.Hosting;
using ServiceKit.Settings;
using TestServers;

namespace Deploy.Tests.Local;

/// <summary>What a service's accounts may do, and where their passwords stand.</summary>
[Collection(LocalCollection.Name)]
public sealed class LeastRightsTests(RunningLocal local)
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly LocalSystem system = local.System;

    [Theory]
    [InlineData("region-handoff.open-handoff", "region-handoff", true)]
    [InlineData("region-handoff.open-handoff", "ips-coaching", false)]
    [InlineData("occupational-health.record-handoff-response", "region-handoff", false)]
    public async Task A_service_reads_its_own_queues_only(string queue, string user, bool may)
    {
        await using var connection = await Broker(user, system.Secret($"{user}.rabbit")).CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        Func<Task> read = () => channel.BasicGetAsync(queue, autoAck: false);

        if (may) await read();
        else Assert.Contains("access", (await Assert.ThrowsAsync<OperationInterruptedException>(read)).Message);
    }

    [Theory]
    [InlineData("guest", "guest", "omh")]
    [InlineData("guest", "guest", "/")]
    [InlineData("ips-coaching", null, "/")]
    public async Task Nobody_else_and_nowhere_else(string user, string? password, string host)
    {
        var broker = Broker(user, password ?? system.Secret($"{user}.rabbit"), host);

        // The client may take a connection for open that the broker has refused already.
        var refusal = await Record.ExceptionAsync(async () =>
        {
            await using var connection = await broker.CreateConnectionAsync();
            await connection.CreateChannelAsync();
        });

        Assert.True(refusal is BrokerUnreachableException or OperationInterruptedException, $"{refusal}");
    }

    [Theory]
    [InlineData("ips-coaching", true)]
    [InlineData("occupational-health", false)]
    [InlineData("postgres", false)]
    public async Task A_service_opens_its_own_database_only(string service, bool may)
    {
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={system.PostgresPort};Database={(service == "postgres" ? "" : "omh-")}{service};"
            + $"Username=ips-coaching;Password={system.Secret("ips-coaching.postgres")}");
        Func<Task> open = async () => await (await source.OpenConnectionAsync()).CloseAsync();

        if (may) await open();
        else await Assert.ThrowsAsync<PostgresException>(open);
    }

    // Containers see the files singly, and have users of their own who must read them.
    [Fact]
    public void Secrets_are_closed_by_their_folder_alone()
    {
        var folder = new DirectoryInfo(Path.Combine(system.Folder, "secrets"));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder.UnixFileMode);
        Assert.Equal(11, folder.GetFiles().Length);
        Assert.All(folder.GetFiles(), file => Assert.Equal(Readable, file.UnixFileMode));
    }

    [Fact]
    public async Task No_password_stands_in_the_arguments_the_environment_or_the_log_of_a_process()
    {
        var secrets = Directory.GetFiles(Path.Combine(system.Folder, "secrets"))
            .Where(file => Path.GetExtension(file) is "" or ".postgres" or ".rabbit");
        var arguments = string.Join(' ', system.Processes().Values.Select(number => $"/proc/{number}/cmdline /proc/{number}/environ"));

        foreach (var secret in secrets)
        {
            var found = await Shell.Bash($"grep -lsaF -f {secret} {arguments} {system.Folder}/log/*");
            Assert.Equal("", found.Output);
        }
    }

    private ConnectionFactory Broker(string user, string password, string host = "omh") =>
        SettingsReader.Read<BusOptions>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:Host"] = "127.0.0.1", ["Bus:Port"] = $"{system.RabbitPort}", ["Bus:VirtualHost"] = host,
            ["Bus:User"] = user, ["Bus:Password"] = password, ["Bus:Tls"] = "true",
            ["Bus:TlsServerName"] = "localhost", ["Bus:TlsCaFile"] = Path.Combine(system.Folder, "tls/ca.pem"),
        }).Build()).Settings.Factory();
}
