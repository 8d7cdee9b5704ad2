using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>A message as the inbox holds it, to be handled from its row, and which attempt was the last at it.</summary>
public sealed record HeldMessage(InboxKey Key, byte[] Body, long Attempt)
{
    internal sealed class Row
    {
        /// <summary>What to select of <c>inbox i</c>.</summary>
        public const string Columns =
            """
            i.organisation, i.bundle_id as BundleId, i.header_id as HeaderId, i.consumer, i.attempt, i.key_id as KeyId,
            i.body
            """;

        public string Organisation { get; init; } = "";

        public string BundleId { get; init; } = "";

        public string HeaderId { get; init; } = "";

        public string Consumer { get; init; } = "";

        public long Attempt { get; init; }

        public string KeyId { get; init; } = "";

        public byte[] Body { get; init; } = [];

        public HeldMessage Open(Session session) => new(
            new InboxKey(Organisation, BundleId, HeaderId, Consumer), session.Bodies.Decode(Body, KeyId), Attempt);
    }
}
