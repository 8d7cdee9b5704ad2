using RabbitMQ.Client;
using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>
/// How the bus is reached: the section <c>Bus</c>. Without a host the bus is in memory, and all services run in this
/// process.
/// </summary>
public sealed class BusOptions() : BrokerOptions(Section), ISettings
{
    public static string Section => "Bus";

    public string VirtualHost { get; set; } = "/";

    public bool InMemory => Host.Length == 0;

    /// <summary>Opens connections to the broker.</summary>
    public ConnectionFactory Factory() => Factory(VirtualHost);

    public IEnumerable<string> Faults()
    {
        if (InMemory) return FaultsWithoutHost("to have the bus in memory");
        return VirtualHost.Length == 0
            ? [.. FaultsWithHost(), "Bus:VirtualHost is empty: give its name; the default is /."]
            : FaultsWithHost();
    }
}
