using IpsCoaching;
using Messages;
using OccupationalHealth;
using RegionHandoff;
using ServiceKit.Hosting;

namespace Architecture.Tests;

/// <summary>Faults of the bus's wiring that nothing would show in memory.</summary>
public sealed class BusTests
{
    private static readonly (string Service, IReadOnlyList<BusConsumer> Consumers)[] Services =
    [
        (ServiceNames.OccupationalHealth, OccupationalHealthModule.Definition.Consumers),
        (ServiceNames.IpsCoaching, IpsCoachingModule.Definition.Consumers),
        (ServiceNames.RegionHandoff, RegionHandoffModule.Definition.Consumers),
    ];

    [Fact]
    public void No_two_consumers_share_a_queue()
    {
        var queues = Services.SelectMany(service => service.Consumers).Select(consumer => consumer.Queue).ToList();
        Assert.Equal(queues.Count, queues.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_queue_begins_with_the_name_of_its_service()
    {
        Assert.All(Services, service => Assert.All(service.Consumers, consumer =>
            Assert.StartsWith(service.Service + ".", consumer.Queue, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_message_is_taken_once_by_the_service_that_it_is_for()
    {
        foreach (var kind in MessageCatalogue.All)
        {
            var takers = Services.Where(service => service.Consumers.Any(consumer => consumer.Kind == kind));
            Assert.Equal([kind.Destination], takers.Select(service => service.Service));
        }
    }
}
