using RabbitMQ.Client;
using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace RegionHandoff.Delivery;

/// <summary>
/// The broker with a virtual host for each region that reads AMQP: the section <c>Delivery:Amqp</c>. Without a host it is
/// the broker of the bus.
/// </summary>
public sealed class AmqpOptions() : BrokerOptions(Section), ISettings
{
    private static readonly TimeSpan ShortestConfirm = TimeSpan.FromSeconds(0.5), LongestConfirm = TimeSpan.FromSeconds(30);

    public static string Section => "Delivery:Amqp";

    /// <summary>
    /// What stands before the county code in the name of a virtual host: another one for each installation that shares
    /// the broker.
    /// </summary>
    public string VirtualHostPrefix { get; set; } = "region-";

    /// <summary>How long the broker may take to confirm a message.</summary>
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many messages of one region are taken from the broker ahead of being handled.</summary>
    public ushort Prefetch { get; set; } = 16;

    /// <summary>Whether any region can have the channel.</summary>
    public bool HasBroker => Host.Length > 0;

    /// <summary>The settings, with the broker of the bus where there is none of its own.</summary>
    public static AmqpOptions Register(IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<AmqpOptions>(configuration);
        if (!options.HasBroker) options.Share(services.AddSettings<BusOptions>(configuration));
        return options;
    }

    /// <summary>Opens connections to the virtual host of a region.</summary>
    public ConnectionFactory FactoryOf(string region)
    {
        var factory = Factory(VirtualHostPrefix + region);
        factory.ClientProvidedName = "region-handoff";
        return factory;
    }

    public IEnumerable<string> Faults()
    {
        foreach (var fault in HasBroker ? FaultsWithHost() : FaultsWithoutHost("to use the broker of the bus"))
            yield return fault;
        if (VirtualHostPrefix.Length is 0 or > 64
            || !VirtualHostPrefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            yield return "Delivery:Amqp:VirtualHostPrefix must be up to 64 letters, digits, dots, dashes or underscores: "
                + "write a short name.";
        if (ConfirmWithin < ShortestConfirm || ConfirmWithin > LongestConfirm)
            yield return $"Delivery:Amqp:ConfirmWithin is {ConfirmWithin}: write a time from {ShortestConfirm} "
                + $"to {LongestConfirm}.";
        if (Prefetch is 0 or > 1000) yield return "Delivery:Amqp:Prefetch must be between 1 and 1000.";
    }
}
