using System.ComponentModel.DataAnnotations;
using RabbitMQ.Client;
using ServiceKit.Hosting;

namespace RegionHandoff.Delivery;

/// <summary>
/// The broker with a virtual host for each region that reads AMQP: the configuration section <c>Delivery:Amqp</c>. What
/// is not given there is as in <c>Bus</c>.
/// </summary>
public sealed class AmqpOptions
{
    /// <summary>The RabbitMQ host; empty: there is none, and no region has the channel.</summary>
    public string Host { get; set; } = "";

    public ushort Port { get; set; }

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Whether our connections are encrypted.</summary>
    public bool Tls { get; set; }

    /// <summary>
    /// What stands before the county code in the name of a virtual host: another one for each installation that shares
    /// the broker.
    /// </summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
        ErrorMessage = "Delivery:Amqp:VirtualHostPrefix must be up to 64 letters, digits, dots, dashes or underscores.")]
    public string VirtualHostPrefix { get; set; } = "region-";

    /// <summary>How long the broker may take to confirm a message.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:30")]
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many messages of one region are taken from the broker ahead of being handled.</summary>
    [Range(1, 1000)]
    public ushort Prefetch { get; set; } = 16;

    public bool HasBroker => Host.Length > 0;

    /// <summary>Reads the section; throws with the key and the remedy when it cannot be followed.</summary>
    public static AmqpOptions From(IConfiguration configuration)
    {
        var bus = BusOptions.From(configuration);
        var options = new AmqpOptions
        {
            Host = bus.Host, Port = bus.Port, User = bus.User, Password = bus.Password, Tls = bus.Tls,
        };
        configuration.GetSection("Delivery:Amqp").Bind(options);
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? options : throw new InvalidOperationException(string.Join(" ", faults));
    }

    /// <summary>Opens connections to the virtual host of a region.</summary>
    public ConnectionFactory Factory(string region) => new()
    {
        HostName = Host, Port = Port, VirtualHost = VirtualHostPrefix + region, UserName = User, Password = Password,
        Ssl = new SslOption { Enabled = Tls, ServerName = Host }, ClientProvidedName = "region-handoff",
        // Coming back is our own business: with the queues declared anew, and without end.
        AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5), RequestedHeartbeat = TimeSpan.FromSeconds(10),
    };

    private static IEnumerable<string> Faults(AmqpOptions options)
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        foreach (var fault in faults) yield return $"The section Delivery:Amqp is wrong: {fault.ErrorMessage}";
        if (!options.HasBroker) yield break;
        if (options.Port == 0) yield return "Delivery:Amqp:Port is 0: give the broker's port, such as 5672.";
        if (options.User.Length == 0)
            yield return "Delivery:Amqp:User is empty: give the user that deploy/region-account.sh gives its rights to.";
        if (options.Password.Length == 0)
            yield return "Delivery:Amqp:Password is empty: give it by the environment, Delivery__Amqp__Password.";
    }
}
