using MassTransit;
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
            transport.ConfigureEndpoints(context);
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
