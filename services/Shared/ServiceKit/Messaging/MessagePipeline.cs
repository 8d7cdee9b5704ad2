using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.Extensions.DependencyInjection;
using ServiceKit.Hosting;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>What became of a granted message.</summary>
public abstract record Handled
{
    private Handled()
    {
    }

    /// <summary>Done or refused; the answer is stored.</summary>
    public sealed record Finished(int Status, byte[] Answer) : Handled;

    /// <summary>It waits for those of its journey that come before it.</summary>
    public sealed record Held : Handled;

    /// <summary>Its lease ran out meanwhile, and another has taken it.</summary>
    public sealed record Lost : Handled;
}

/// <summary>The second step of the inbox: runs a handler and stores its outcome in one transaction.</summary>
public sealed class MessagePipeline<TDatabase>(TDatabase database, ServiceDefinition<TDatabase> definition, IServiceProvider services)
    where TDatabase : ServiceDatabase
{
    /// <summary>Handles a message that <see cref="Inbox.Take"/> granted.</summary>
    public async Task<Handled> Handle(
        ReceivedMessage message, InboxKey key, long fence, Type handlerType, JourneyPosition? position,
        CancellationToken cancel)
    {
        var handler = (IMessageHandler)services.GetRequiredService(handlerType);
        Refusal? refusal = null;
        var handled = await database.Write<Handled>(async session =>
        {
            if (!await Inbox.Begin(session, key, fence)) return new Handled.Lost();
            if (position is not null && await JourneyOrder.Lock(session, position) < position.Number)
            {
                await JourneyOrder.Hold(session, key);
                return new Handled.Held();
            }

            var result = await handler.Handle(message, session, cancel);
            if (result is MessageResult.Refused refused)
            {
                refusal = refused.Refusal;
                session.Abandon();
                return new Handled.Lost();
            }

            var content = ((MessageResult.Accepted)result).Content;
            var answer = FhirJson.Write(MessageBundle.Answer(message.Header, definition.Name, session.Now, content));
            return await Store(session, key, position, Inbox.States.Done, 200, answer);
        }, cancel);

        // What the handler wrote is undone; only the refusal itself is kept.
        return refusal is null
            ? handled
            : await database.Write(async session => await Inbox.Begin(session, key, fence)
                ? await Store(
                    session, key, position, Inbox.States.Refused, refusal.Status, FhirJson.Write(refusal.ToOutcome()))
                : new Handled.Lost(), cancel);
    }

    private static async Task<Handled> Store(
        Session session, InboxKey key, JourneyPosition? position, string state, int status, byte[] answer)
    {
        await Inbox.Finish(session, key, state, status, answer);
        if (position is not null) await JourneyOrder.Advance(session, position);
        return new Handled.Finished(status, answer);
    }
}
