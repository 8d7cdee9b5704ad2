using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RegionHandoff.Delivery;
using ServiceKit.Settings;

namespace RegionHandoff.Tests.Delivery;

public sealed class AmqpOptionsTests
{
    private const string Bus = "Bus:Host=bus Bus:Port=5673 Bus:User=u Bus:Password=p Bus:Tls=true";
    private const string Own = "Delivery:Amqp:Host=other Delivery:Amqp:User=v Delivery:Amqp:Password=q";

    [Theory]
    [InlineData("", "", 5672, "", false)]
    [InlineData(Bus, "bus", 5673, "u", true)]
    [InlineData(Bus + " " + Own, "other", 5672, "v", false)]
    public void Without_a_broker_of_its_own_it_is_that_of_the_bus(
        string settings, string host, int port, string user, bool tls)
    {
        var factory = AmqpOptions.Register(new ServiceCollection(), Read(settings)).FactoryOf("08");
        Assert.Equal((host, port, user, tls), (factory.HostName, factory.Port, factory.UserName, factory.Ssl.Enabled));
        Assert.Equal("region-08", factory.VirtualHost);
    }

    [Theory]
    [InlineData("Delivery:Amqp:Host=other Delivery:Amqp:Password=p", "Delivery:Amqp:User is empty")]
    [InlineData("Delivery:Amqp:Host=other Delivery:Amqp:User=u", "Delivery__Amqp__Password")]
    [InlineData("Delivery:Amqp:User=u", "to use the broker of the bus")]
    [InlineData("Delivery:Amqp:Hots=other", "Delivery:Amqp:Hots is not known")]
    [InlineData("Delivery:Amqp:VirtualHostPrefix=a/b", "Delivery:Amqp:VirtualHostPrefix must be")]
    [InlineData("Delivery:Amqp:Prefetch=0", "Delivery:Amqp:Prefetch must be between 1 and 1000")]
    [InlineData("Delivery:Amqp:ConfirmWithin=00:01:00", "Delivery:Amqp:ConfirmWithin is 00:01:00")]
    public void What_cannot_be_followed_is_named_with_its_remedy(string settings, string told) =>
        Assert.Contains(told, Assert.Single(Faults(settings)));

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var faults = Faults("Delivery:Amqp:Host=other Delivery:Amqp:Prefetch=0");
        Assert.Equal(3, faults.Count);
    }

    private static IReadOnlyList<string> Faults(string settings) => SettingsReader.Read<AmqpOptions>(Read(settings)).Faults;

    private static IConfiguration Read(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
        .Build();
}
