using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;

namespace ServiceKit.Hosting;

/// <summary>How the bus is reached: the configuration section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    /// <summary>The RabbitMQ host; empty: the bus is in memory, and all services run in this process.</summary>
    public string Host { get; set; } = "";

    public ushort Port { get; set; } = 5672;

    public string VirtualHost { get; set; } = "/";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Whether the connection is encrypted.</summary>
    public bool Tls { get; set; }

    public bool InMemory => Host.Length == 0;

    /// <summary>Reads the section; throws with the key and the remedy when it cannot be followed.</summary>
    public static BusOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("Bus").Get<BusOptions>() ?? new BusOptions();
        if (options.InMemory) return options;
        if (options.User.Length == 0)
            throw new InvalidOperationException("Bus:User is empty: give the user of the RabbitMQ virtual host.");
        if (options.Password.Length == 0)
            throw new InvalidOperationException("Bus:Password is empty: give it by the environment, Bus__Password.");
        return options;
    }

    /// <summary>Opens connections to the broker beside the bus's own.</summary>
    public ConnectionFactory Factory() => new()
    {
        HostName = Host, Port = Port, VirtualHost = VirtualHost, UserName = User, Password = Password,
        Ssl = new SslOption { Enabled = Tls, ServerName = Host },
    };
}
