using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;
using Messages;

namespace ServiceKit.Messaging;

/// <summary>
/// What MassTransit needs to carry our messages in memory. On any bus the body is the FHIR message Bundle itself,
/// <c>application/fhir+json</c>, so that any AMQP client can read and write it. The header <c>fhir-message</c> names the
/// kind; it is looked up in the fixed list of <see cref="MessageCatalogue"/>.
/// </summary>
public sealed class FhirBusSerializer : ISerializerFactory
{
    /// <summary>The transport header with the name of the message's kind.</summary>
    public const string KindHeader = "fhir-message";

    private static readonly ContentType FhirJsonType = new("application/fhir+json");

    public ContentType ContentType => FhirJsonType;

    public IMessageSerializer CreateSerializer() => new Serializer();

    public IMessageDeserializer CreateDeserializer() => new Deserializer();

    private sealed class Serializer : IMessageSerializer
    {
        public ContentType ContentType => FhirJsonType;

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class
        {
            context.Headers.Set(KindHeader, MessageCatalogue.Of(typeof(T)).Name);
            return new BytesMessageBody(((IFhirMessage)context.Message).Body);
        }
    }

    private sealed class Deserializer : IMessageDeserializer
    {
        public ContentType ContentType => FhirJsonType;

        public void Probe(ProbeContext context) => context.CreateScope("fhir");

        public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
            receiveContext,
            Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

        public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
        {
            var name = headers.Get<string>(KindHeader);
            var kind = MessageCatalogue.Find(name)
                ?? throw new System.Runtime.Serialization.SerializationException("The message kind is not in the list.");
            return new Context(kind.Wrap(body.GetBytes()), new Headed(headers, destinationAddress));
        }

        public MessageBody GetMessageBody(string text) => new StringMessageBody(text);
    }

    private sealed class Context(IFhirMessage message, MessageContext context) : BaseSerializerContext(
        SystemTextJsonMessageSerializer.Instance, context, [MessageUrn.ForTypeString(message.GetType())])
    {
        public override bool TryGetMessage<T>([NotNullWhen(true)] out T? result) where T : class
        {
            result = message as T;
            return result is not null;
        }

        public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? result)
        {
            result = messageType.IsInstanceOfType(message) ? message : null;
            return result is not null;
        }

        public override IMessageSerializer GetMessageSerializer() => new Serializer();

        public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T value) => new Serializer();

        public override IMessageSerializer GetMessageSerializer(object value, string[] messageTypes) => new Serializer();

        public override Dictionary<string, object> ToDictionary<T>(T? value) where T : class => [];
    }

    // What MassTransit wants to know of an envelope. Ids that mean something are read from the Bundle, never from here.
    private sealed class Headed(Headers headers, Uri? destination) : MessageContext
    {
        public Guid? MessageId => null;

        public Guid? RequestId => null;

        public Guid? CorrelationId => null;

        public Guid? ConversationId => null;

        public Guid? InitiatorId => null;

        public DateTime? ExpirationTime => null;

        public Uri? SourceAddress => null;

        public Uri? DestinationAddress => destination;

        public Uri? ResponseAddress => null;

        public Uri? FaultAddress => null;

        public DateTime? SentTime => null;

        public Headers Headers => headers;

        public HostInfo Host => MassTransit.Metadata.HostMetadataCache.Empty;
    }
}
