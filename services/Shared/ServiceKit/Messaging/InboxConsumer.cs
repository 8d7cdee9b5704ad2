using MassTransit;
using Messages;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>In memory: brings one kind of message from its queue through the inbox to its handler.</summary>
public sealed class InboxConsumer<TMessage, TDatabase>(BusPipeline<TDatabase> pipeline) : IConsumer<TMessage>
    where TMessage : class, IFhirMessage where TDatabase : ServiceDatabase
{
    /// <summary>Returns when the message is durably in the inbox, whatever became of it; throws only when that failed.</summary>
    public Task Consume(ConsumeContext<TMessage> context) =>
        pipeline.Receive(context.Message.Body, MessageCatalogue.Of<TMessage>(), context.CancellationToken);

    /// <summary>The endpoint's settings.</summary>
    public sealed class Definition : ConsumerDefinition<InboxConsumer<TMessage, TDatabase>>
    {
        public Definition() => ConcurrentMessageLimit = 16;

        // With a serializer of our own, publishing faults makes a throwing consumer loop for ever; the inbox counts
        // attempts and parks.
        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpoint,
            IConsumerConfigurator<InboxConsumer<TMessage, TDatabase>> consumer,
            IRegistrationContext context)
        {
            endpoint.PublishFaults = false;
            endpoint.PrefetchCount = 64;
            endpoint.RethrowFaultedMessages();
        }
    }
}
