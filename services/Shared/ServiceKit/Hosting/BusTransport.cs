using System.Security.Authentication;
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
            transport.Host(options.Host, options.EffectivePort, options.VirtualHost, host =>
            {
                host.Username(options.User);
                host.Password(options.Secret());
                if (options.Tls) host.UseSsl(tls => UseTls(tls, options));
            });
            UseFhir(transport);
            transport.ConfigureEndpoints(context);
        });
    }

    private static void UseTls(IRabbitMqSslConfigurator tls, BusOptions options)
    {
        // Which versions are safe, the system decides; the library would ask for one of its own.
        tls.Protocol = SslProtocols.None;
        tls.ServerName = BrokerTls.ServerName(options);
        tls.CertificateValidationCallback = BrokerTls.Check(options);
        if (options.TlsCertificateFile.Length > 0) tls.Certificate = BrokerTls.Shown(options);
    }

    private static void UseFhir(IBusFactoryConfigurator transport)
    {
        var serializer = new FhirBusSerializer();
        transport.ClearSerialization();
        transport.AddSerializer(serializer);
        transport.AddDeserializer(serializer, isDefault: true);
    }
}
