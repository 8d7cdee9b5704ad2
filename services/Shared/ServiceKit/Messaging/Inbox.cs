using System.Security.Cryptography;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>Names one message for one consumer: the permanent key that makes its effect happen once.</summary>
public sealed record InboxKey(string Organisation, string BundleId, string HeaderId, string Consumer);

/// <summary>What the inbox says to a message that arrives.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>Handle it. <paramref name="Fence"/> must still stand in the row when the result is stored.</summary>
    public sealed record Granted(long Fence, long Attempt) : Claim;

    /// <summary>It was handled before: this was the answer.</summary>
    public sealed record Answered(int Status, byte[] Answer) : Claim;

    /// <summary>
    /// It is durably here, in the hands of whoever leased it or of <see cref="InboxRecovery{TDatabase}"/>.
    /// </summary>
    public sealed record InHand : Claim;

    /// <summary>Another with the same header is being handled now: what becomes of this one is not known yet.</summary>
    public sealed record Busy : Claim;

    /// <summary>It was given up after too many attempts, and waits for an operator.</summary>
    public sealed record Parked : Claim;

    /// <summary>Its ids were used for something else.</summary>
    public sealed record Conflict(Refusal Refusal) : Claim;
}

/// <summary>
/// What came in. Duplicates follow the table of R4 reliable messaging, as MedCom uses it:
/// http://hl7.org/fhir/R4/messaging.html#reliable.
/// </summary>
public static class Inbox
{
    /// <summary>A message is parked after this many attempts that ended in an exception or a crash.</summary>
    public const int MostAttempts = 3;

    private const string EndedItsProcess = "its handling ended the process";

    private const long LeaseMicros = 30_000_000;

    /// <summary>
    /// First step, a transaction of its own: takes the message for handling, or says what became of it. The attempt is
    /// counted before it begins, so that a message that crashes the process is counted too.
    /// </summary>
    /// <param name="database">Where the inbox is.</param>
    /// <param name="key">Which message for which consumer.</param>
    /// <param name="body">What was received.</param>
    /// <param name="position">Where it stands in its journey, or null.</param>
    /// <param name="parks">Whether it is given up after <see cref="MostAttempts"/>.</param>
    /// <param name="cancel">Ends the waiting for the database.</param>
    /// <param name="mine">
    /// The fence that the caller was granted before the store went away, if it was: going on is no further attempt.
    /// </param>
    /// <param name="upTo">
    /// The last attempt that the caller may make at a message that was cut off; 1 leaves those to
    /// <see cref="InboxRecovery{TDatabase}"/>.
    /// </param>
    public static async Task<Claim> Take(
        ServiceDatabase database, InboxKey key, byte[] body, JourneyPosition? position, bool parks,
        CancellationToken cancel, long? mine = null, long upTo = 1)
    {
        // Nearly all messages are new: then there is nothing to look at, and all goes in one way to the database.
        if (mine is null && upTo == 1)
        {
            var taken = await database.Write(async session =>
            {
                await Lock(session, key);
                return await TakeNew(session, key, body, Hash(body), position, Unrelated);
            }, cancel);
            if (taken.Rows == 1) return new Claim.Granted(1, 1);
        }

        return await database.Write(session => Take(session, key, body, position, parks, mine, upTo), cancel);
    }

    /// <summary>The same within a transaction.</summary>
    public static async Task<Claim> Take(
        Session session, InboxKey key, byte[] body, JourneyPosition? position, bool parks, long? mine = null,
        long upTo = 1)
    {
        await Lock(session, key);
        var hash = Hash(body);
        var row = await session.First<Row>(
            $"""
            select state, attempt, fence, hash, answer, answer_key_id as AnswerKeyId, answer_status as AnswerStatus,
                case when {session.IsFree("inbox")} then 0 else 1 end as Leased
            from inbox
            where organisation = @Organisation and bundle_id = @BundleId and header_id = @HeaderId
                and consumer = @Consumer
            """, key);
        if (row is null)
        {
            if (await Related(session, key) is { } related) return related;
            var taken = await TakeNew(session, key, body, hash, position);
            await session.Flush();
            return taken.Rows == 1 ? new Claim.Granted(1, 1) : new Claim.Busy();
        }

        if (row.Hash != hash)
            return new Claim.Conflict(Refusal.Duplicate("These message ids were used before with other content."));
        return row.State switch
        {
            States.Done or States.Refused => Answered(session, row),
            States.Parked => new Claim.Parked(),
            States.Processing when row.Fence == mine => new Claim.Granted(row.Fence, row.Attempt),
            States.Processing when row.Leased == 1 => new Claim.InHand(),
            _ when parks && row.Attempt >= MostAttempts => await Park(session, key, EndedItsProcess),
            // It may have ended its process, or have stood beside one that did.
            States.Processing when parks && row.Attempt >= upTo => new Claim.InHand(),
            // A try that crashed may have been followed by the same message in a new Bundle, and that one was done.
            _ => Done(session, await InOtherBundles(session, key)) ?? await TakeAgain(session, key, row),
        };
    }

    /// <summary>
    /// Begins the second step, the handler's transaction: nobody else takes the message until it ends. No row is touched
    /// when another has taken over.
    /// </summary>
    public static Task<Queued> Begin(Session session, InboxKey key, long fence) => session.Queue(
        $"""
        update inbox set lease_until = {session.Dialect.Now} + {LeaseMicros}
        where organisation = @organisation and bundle_id = @bundle and header_id = @header
            and consumer = @consumer and fence = @fence and state = 'processing'
        """,
        ("fence", fence), ("organisation", key.Organisation), ("bundle", key.BundleId), ("header", key.HeaderId),
        ("consumer", key.Consumer));

    /// <summary>Ends the second step: stores the outcome.</summary>
    public static Task Finish(Session session, InboxKey key, string state, int status, byte[] answer)
    {
        var (sealedAnswer, keyId) = session.Bodies.Encode(answer);
        return session.Queue(
            """
            update inbox set state = @state, answer = @answer, answer_key_id = @keyId, answer_status = @status,
                finished = @now, lease_until = 0
            where organisation = @organisation and bundle_id = @bundle and header_id = @header and consumer = @consumer
            """,
            ("state", state), ("answer", sealedAnswer), ("keyId", keyId), ("status", (long)status),
            ("now", Micros.From(session.Now)), ("organisation", key.Organisation), ("bundle", key.BundleId),
            ("header", key.HeaderId), ("consumer", key.Consumer));
    }

    /// <summary>
    /// Gives the message back after an exception, for another attempt; a reason names no content. What was finished stays
    /// finished, whatever went wrong behind it.
    /// </summary>
    public static Task<int> Fail(Session session, InboxKey key, long fence, string reason) => session.Execute(
        """
        update inbox set state = 'failed', lease_until = 0, reason = @reason
        where organisation = @Organisation and bundle_id = @BundleId and header_id = @HeaderId
            and consumer = @Consumer and fence = @fence and state = 'processing'
        """,
        new { reason, fence, key.Organisation, key.BundleId, key.HeaderId, key.Consumer });

    /// <summary>
    /// Gives the message up, unless it was finished at this moment. It stays as a row, with its reason, for an operator.
    /// </summary>
    public static async Task<Claim> Park(Session session, InboxKey key, string reason)
    {
        var parked = await session.Execute(
            """
            update inbox set state = 'parked', lease_until = 0, reason = coalesce(reason, @reason)
            where organisation = @Organisation and bundle_id = @BundleId and header_id = @HeaderId
                and consumer = @Consumer and state not in ('done', 'refused')
            """,
            new { reason, key.Organisation, key.BundleId, key.HeaderId, key.Consumer });
        return parked == 1 ? new Claim.Parked() : new Claim.Busy();
    }

    // Of two with one header at the same moment, the second looks when the first is in.
    private static Task Lock(Session session, InboxKey key) =>
        session.Lock($"inbox/{key.Organisation}/{key.HeaderId}/{key.Consumer}");

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private const string Unrelated =
        """
        where not exists (select 1 from inbox
                where organisation = @organisation and bundle_id = @bundle and consumer = @consumer)
            and not exists (select 1 from inbox
                where organisation = @organisation and header_id = @header and consumer = @consumer)
        """;

    private static Task<Queued> TakeNew(
        Session session, InboxKey key, byte[] body, string hash, JourneyPosition? position, string only = "where true")
    {
        var (stored, keyId) = session.Bodies.Encode(body);
        return session.Queue(
            $"""
            insert into inbox (organisation, bundle_id, header_id, consumer, state, attempt, lease_until, holder, fence,
                hash, received, source, journey, sequence, key_id, body)
            select @organisation, @bundle, @header, @consumer, 'processing', 1,
                {session.Dialect.Now} + {LeaseMicros}, @holder, 1, @hash, @now,
                {(position is null ? "null, null, null" : "@source, @journey, @number")}, @keyId, @stored
            {only}
            on conflict do nothing
            """,
            ("organisation", key.Organisation), ("bundle", key.BundleId), ("header", key.HeaderId),
            ("consumer", key.Consumer), ("hash", hash), ("keyId", keyId), ("stored", stored),
            ("now", Micros.From(session.Now)), ("holder", session.Holder), ("source", position?.Source),
            ("journey", position?.Journey), ("number", position?.Number ?? 0));
    }

    // One id known and the other new: the two rows of the table that are neither "new" nor "the same again".
    private static async Task<Claim?> Related(Session session, InboxKey key)
    {
        if (await session.First<long>(
            """
            select count(*) from inbox
            where organisation = @Organisation and bundle_id = @BundleId and header_id <> @HeaderId
                and consumer = @Consumer
            """, key) > 0)
            return new Claim.Conflict(Refusal.Duplicate("This Bundle.id was used before with another MessageHeader.id."));

        var earlier = await InOtherBundles(session, key);
        if (Done(session, earlier) is { } done) return done;
        return earlier.Any(row => row.State == States.Held || row is { State: States.Processing, Leased: 1 })
            ? new Claim.Busy()
            : null;
    }

    private static Claim.Answered? Done(Session session, IReadOnlyList<Row> rows) =>
        rows.FirstOrDefault(row => row.State == States.Done) is { } done ? Answered(session, done) : null;

    private static Task<IReadOnlyList<Row>> InOtherBundles(Session session, InboxKey key) => session.Query<Row>(
        $"""
        select state, attempt, fence, hash, answer, answer_key_id as AnswerKeyId, answer_status as AnswerStatus,
            case when {session.IsFree("inbox")} then 0 else 1 end as Leased
        from inbox where organisation = @Organisation and header_id = @HeaderId and bundle_id <> @BundleId
            and consumer = @Consumer
        """, key);

    // Of two that look at the same moment, one finds the fence moved; and it may have been finished since it was looked at.
    private static async Task<Claim> TakeAgain(Session session, InboxKey key, Row row)
    {
        var fence = row.Fence + 1;
        var taken = await session.Execute(
            $"""
            update inbox set state = 'processing', attempt = attempt + 1, fence = @fence,
                lease_until = {session.Dialect.Now} + {LeaseMicros}, holder = @Holder
            where organisation = @Organisation and bundle_id = @BundleId and header_id = @HeaderId
                and consumer = @Consumer and fence = @seen and state = @State
            """,
            new
            {
                fence, seen = row.Fence, row.State, session.Holder, key.Organisation, key.BundleId, key.HeaderId, key.Consumer,
            });
        return taken == 1 ? new Claim.Granted(fence, row.Attempt + 1) : new Claim.Busy();
    }

    private static Claim.Answered Answered(Session session, Row row) =>
        new((int)row.AnswerStatus, session.Bodies.Decode(row.Answer!, row.AnswerKeyId!));

    /// <summary>Values of the column <c>state</c>.</summary>
    public static class States
    {
        public const string Processing = "processing", Done = "done", Refused = "refused", Failed = "failed",
            Held = "held", Parked = "parked";
    }

    private sealed class Row
    {
        public string State { get; init; } = "";

        public long Attempt { get; init; }

        public long Fence { get; init; }

        public string Hash { get; init; } = "";

        public byte[]? Answer { get; init; }

        public string? AnswerKeyId { get; init; }

        public long AnswerStatus { get; init; }

        public long Leased { get; init; }
    }
}
