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
    public sealed record Finished(int Status, byte[] Answer, Queued? Turn = null) : Handled
    {
        /// <summary>Whether a message of its journey was held for its turn, and has it now.</summary>
        public bool LetsOthersGoOn => Turn?.First > 0;
    }

    /// <summary>It waits for those of its journey that come before it.</summary>
    public sealed record Held : Handled;

    /// <summary>Its lease ran out meanwhile, and another has taken it.</summary>
    public sealed record Lost : Handled;
}

/// <summary>The second step of the inbox: runs a handler and stores its outcome in one transaction.</summary>
public sealed class MessagePipeline<TDatabase>(TDatabase database, ServiceDefinition<TDatabase> definition, IServiceProvider services)
    where TDatabase : ServiceDatabase
{
    /// <summary>Handles a message that <see cref="Inbox"/> granted.</summary>
    public async Task<Handled> Handle(
        ReceivedMessage message, InboxKey key, long fence, Type handlerType, JourneyPosition? position,
        CancellationToken cancel)
    {
        var handler = (IMessageHandler)services.GetRequiredService(handlerType);
        Refusal? refusal = null;
        var handled = await database.Write<Handled>(async session =>
        {
            var begun = await Inbox.Begin(session, key, fence);
            if (position is not null)
            {
                var turn = await JourneyOrder.Lock(session, position);
                if (begun.Rows == 0) return Lost(session);
                if (turn < position.Number)
                {
                    await JourneyOrder.Hold(session, key);
                    return new Handled.Held();
                }
            }

            var result = await handler.Handle(message, session, cancel);
            if (!begun.IsSent) await session.Flush();
            if (begun.Rows == 0) return Lost(session);
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
            : await database.Write(async session =>
            {
                var begun = await Inbox.Begin(session, key, fence);
                await session.Flush();
                return begun.Rows == 0
                    ? Lost(session)
                    : await Store(
                        session, key, position, Inbox.States.Refused, refusal.Status, FhirJson.Write(refusal.ToOutcome()));
            }, cancel);
    }

    /// <summary>
    /// What a handler would refuse in a message that is refused in any case: everything wrong with it is told at once.
    /// Nothing is stored.
    /// </summary>
    public Task<Refusal?> WouldRefuse(ReceivedMessage message, Type handlerType, CancellationToken cancel) =>
        database.Write(async session =>
        {
            var handler = (IMessageHandler)services.GetRequiredService(handlerType);
            var result = await handler.Handle(message, session, cancel);
            session.Abandon();
            return (result as MessageResult.Refused)?.Refusal;
        }, cancel);

    private static Handled.Lost Lost(Session session)
    {
        session.Abandon();
        return new Handled.Lost();
    }

    private static async Task<Handled> Store(
        Session session, InboxKey key, JourneyPosition? position, string state, int status, byte[] answer)
    {
        await Inbox.Finish(session, key, state, status, answer);
        var turn = position is null ? null : await JourneyOrder.Advance(session, position);
        return new Handled.Finished(status, answer, turn);
    }
}
