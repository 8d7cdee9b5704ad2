using Messages;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Faults.Tests.Servers;

/// <summary>The databases and the virtual host of one running system.</summary>
internal sealed record Backend(int PostgresPort, int RabbitPort, string Prefix, string VirtualHost)
{
    /// <summary>What services are told of it.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"--Storage:PostgreSql={ConnectionString($"{Prefix}-{{service}}")};Maximum Pool Size=50",
        "--Bus:Host=127.0.0.1", $"--Bus:Port={RabbitPort}", $"--Bus:VirtualHost={VirtualHost}",
        "--Bus:User=guest", "--Bus:Password=guest",
    ];

    public string DatabaseOf(string service) => $"{Prefix}-{service}";

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={PostgresPort};Username=omh;Database={database}";

    /// <summary>A number from a service's database.</summary>
    public async Task<long> Count(string service, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(DatabaseOf(service)) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The first column of some rows of a service's database.</summary>
    public async Task<IReadOnlyList<string>> Texts(string service, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(DatabaseOf(service)) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>How many messages wait in the queues for somebody to take them.</summary>
    public async Task<long> Queued()
    {
        await using var connection = await Factory(RabbitPort, VirtualHost).CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        long sum = 0;
        foreach (var kind in MessageCatalogue.All)
            sum += (await channel.QueueDeclarePassiveAsync(kind.Queue)).MessageCount;
        return sum;
    }

    /// <summary>Returns when a broker that was just started takes connections.</summary>
    public static async Task BrokerAnswers(int port)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await Factory(port, "test-1").CreateConnectionAsync();
                return;
            }
            catch (BrokerUnreachableException) when (Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(100);
            }
        }
    }

    private static ConnectionFactory Factory(int port, string virtualHost) => new()
    {
        HostName = "127.0.0.1", Port = port, VirtualHost = virtualHost, UserName = "guest", Password = "guest",
        AutomaticRecoveryEnabled = false,
    };
}
