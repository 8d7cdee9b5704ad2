using Microsoft.Extensions.Configuration;
using RegionHandoff.Delivery;

namespace RegionHandoff.Tests.Delivery;

public sealed class AmqpOptionsTests
{
    private const string Bus = "Bus:Host=bus Bus:Port=5673 Bus:User=u Bus:Password=p Bus:Tls=true";

    [Theory]
    [InlineData("", "", 0, "", false)]
    [InlineData(Bus, "bus", 5673, "u", true)]
    [InlineData(Bus + " Delivery:Amqp:Host=other Delivery:Amqp:User=v", "other", 5673, "v", true)]
    [InlineData(Bus + " Delivery:Amqp:Port=5674 Delivery:Amqp:Tls=false", "bus", 5674, "u", false)]
    public void What_is_not_given_is_as_for_the_bus(string settings, string host, int port, string user, bool tls)
    {
        var options = AmqpOptions.From(Read(settings));
        Assert.Equal(host, options.Host);
        if (options.HasBroker) Assert.Equal((port, user, tls), (options.Port, options.User, options.Tls));
    }

    [Theory]
    [InlineData("Delivery:Amqp:Host=other Delivery:Amqp:Password=p", "Delivery:Amqp:User is empty")]
    [InlineData("Delivery:Amqp:Host=other Delivery:Amqp:User=u", "Delivery__Amqp__Password")]
    [InlineData(Bus + " Delivery:Amqp:Port=0", "Delivery:Amqp:Port is 0")]
    [InlineData("Delivery:Amqp:VirtualHostPrefix=a/b", "Delivery:Amqp:VirtualHostPrefix must be")]
    [InlineData("Delivery:Amqp:Prefetch=0", "Prefetch must be between 1 and 1000")]
    [InlineData("Delivery:Amqp:ConfirmWithin=00:01:00", "ConfirmWithin must be between 00:00:00.5")]
    public void What_cannot_be_followed_is_named_with_its_remedy(string settings, string told) => Assert.Contains(
        told, Assert.Throws<InvalidOperationException>(() => AmqpOptions.From(Read(settings))).Message);

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var message = Assert.Throws<InvalidOperationException>(
            () => AmqpOptions.From(Read("Delivery:Amqp:Host=other Delivery:Amqp:Port=0"))).Message;
        Assert.Contains("Port", message);
        Assert.Contains("User", message);
        Assert.Contains("Password", message);
    }

    private static IConfiguration Read(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
        .Build();
}
