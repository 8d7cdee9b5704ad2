using System.Diagnostics;
using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>What has to leave this service. A row commits with the change that it tells of.</summary>
public sealed class Outbox(Session session)
{
    /// <summary>
    /// Puts a message in line behind the others of its journey to the same service. Its header gets the number that the
    /// receiver uses to keep the order.
    /// </summary>
    /// <param name="bundle">A Bundle of type <c>message</c> with an id and a MessageHeader with an id.</param>
    /// <param name="journey">The journey's id, <c>Task.groupIdentifier.value</c>.</param>
    /// <param name="source">The name of the service that sends it.</param>
    public async Task Enqueue<T>(Bundle bundle, string journey, string source) where T : IFhirMessage
    {
        if (session.IsTrial) return;
        var kind = MessageCatalogue.Of<T>();
        var sequence = await NextNumber(journey, kind.Destination);
        JourneyPosition.Set(bundle.MessageHeader(), new JourneyPosition(source, journey, sequence));
        var (body, keyId) = session.Bodies.Encode(FhirJson.Write(bundle));
        await session.Queue(
            """
            insert into outbox (id, kind, journey, destination, sequence, key_id, body, created, state, trace)
            values (@id, @kind, @journey, @destination, @sequence, @keyId, @body, @created, 0, @trace)
            """,
            ("id", bundle.Id), ("kind", kind.Name), ("journey", journey), ("destination", kind.Destination),
            ("sequence", sequence), ("keyId", keyId), ("body", body), ("created", Micros.From(session.Now)),
            ("trace", Activity.Current?.Id));
        session.OutboxFilled();
    }

    private async Task<long> NextNumber(string journey, string destination) => await session.First<long>(
        """
        insert into outbox_stream (journey, destination, next, lease_until, fence)
        values (@journey, @destination, 2, 0, 0)
        on conflict (journey, destination) do update set next = outbox_stream.next + 1
        returning next - 1
        """,
        new { journey, destination });
}
