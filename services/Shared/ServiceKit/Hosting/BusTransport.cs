using MassTransit;
using Messages;
using ServiceKit.Messaging;

namespace ServiceKit.Hosting;

/// <summary>Puts the queues on the transport that the settings name.</summary>
internal static class BusTransport
{
    public static void Use(this IBusRegistrationConfigurator bus, BusOptions options)
    {
        if (options.InMemory)
        {
            bus.UsingInMemory((context, transport) =>
            {
                UseFhir(transport);
                transport.ConfigureEndpoints(context);
            });
            return;
        }

        bus.UsingRabbitMq((context, transport) =>
        {
            transport.Host(options.Host, options.Port, options.VirtualHost, host =>
            {
                host.Username(options.User);
                host.Password(options.Password);
                host.PublisherConfirmation = true;
                if (options.Tls) host.UseSsl(tls => tls.ServerName = options.Host);
            });
            UseFhir(transport);
            foreach (var kind in MessageCatalogue.All) DeclareQueue(transport, kind);
            transport.ConfigureEndpoints(context);
        });
    }

    // The sender declares the receiver's queue too: what is sent to a service that never started waits in it.
    private static void DeclareQueue(IRabbitMqBusFactoryConfigurator transport, MessageKind kind)
    {
        var exchange = $"omh.{kind.Name}";
        transport.Publish(kind.Type, topology =>
        {
            topology.Durable = true;
            topology.BindQueue(exchange, kind.Queue, queue => queue.SetQueueArgument("x-queue-type", "quorum"));
        });
    }

    private static void UseFhir(IBusFactoryConfigurator transport)
    {
        var serializer = new FhirBusSerializer();
        transport.ClearSerialization();
        transport.AddSerializer(serializer);
        transport.AddDeserializer(serializer, isDefault: true);
    }
}
