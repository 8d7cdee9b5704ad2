using RegionHandoff.Regions;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>By which way a message goes to its region.</summary>
public abstract record Route
{
    private Route()
    {
    }

    /// <summary>
    /// By a channel, a value of <see cref="DeliveryRow.Channels"/>. <paramref name="TellSender"/>: it is too urgent for
    /// that one, and its sender has to phone.
    /// </summary>
    public sealed record By(string Channel, string EndpointId, bool TellSender = false) : Route;

    /// <summary>There is none.</summary>
    public sealed record Nowhere(Undelivered Why) : Route;
}

/// <summary>What follows upon an attempt.</summary>
public abstract record AfterAttempt
{
    private AfterAttempt()
    {
    }

    /// <summary>The region has it.</summary>
    public sealed record Acknowledge : AfterAttempt;

    /// <summary>It lies where the region reads it; the acknowledgement comes by itself.</summary>
    public sealed record AwaitAcknowledgement : AfterAttempt;

    /// <summary>There was no attempt: it waits until the channel is there again.</summary>
    public sealed record AwaitChannel : AfterAttempt;

    /// <summary>The region takes it by another way now.</summary>
    public sealed record GoBy(Route.By Route) : AfterAttempt;

    /// <summary>Another attempt, not before this time.</summary>
    public sealed record TryAgain(DateTimeOffset At) : AfterAttempt;

    /// <summary>The region will not take it, however often it is sent.</summary>
    public sealed record GiveUp(Undelivered Why) : AfterAttempt;
}

/// <summary>What follows when the time for the acknowledgement is over.</summary>
public abstract record AfterDeadline
{
    private AfterDeadline()
    {
    }

    /// <summary>It is sent once more at once, and the time begins anew.</summary>
    public sealed record SendAgain(DateTimeOffset NextDeadline) : AfterDeadline;

    /// <summary>Its sender is told.</summary>
    public sealed record Report : AfterDeadline;
}

/// <summary>Decides about deliveries. No I/O and no clock.</summary>
public static class DeliveryPolicy
{
    /// <summary>
    /// The region's REST endpoint first: it answers at once. Then its queue, which its system reads by itself, then its
    /// mailbox.
    /// </summary>
    public static Route Choose(IReadOnlyList<Endpoint> endpoints, string @event, bool urgent)
    {
        var open = endpoints.Where(endpoint => endpoint.Status == Fhir.EndpointStatus.Active
            && ConnectionTypes.Takes(endpoint, @event)).ToList();
        if (open.Find(endpoint => ConnectionTypes.IsRest(endpoint.ConnectionType)) is { } rest)
            return new Route.By(DeliveryRow.Channels.Rest, rest.Id!);
        if (open.Find(endpoint => ConnectionTypes.IsAmqp(endpoint.ConnectionType)) is { } amqp)
            return new Route.By(DeliveryRow.Channels.Amqp, amqp.Id!);
        // Nobody is called when something lies in a mailbox: an emergency is put there, but never only there.
        return open.Find(endpoint => ConnectionTypes.IsMailbox(endpoint.ConnectionType)) is { } mailbox
            ? new Route.By(DeliveryRow.Channels.Mailbox, mailbox.Id!, TellSender: urgent)
            : new Route.Nowhere(Undelivered.NoEndpoint);
    }

    /// <summary>Pauses double from attempt to attempt; a region that asks for a longer one gets it.</summary>
    /// <param name="answer">What the attempt brought.</param>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="options">The shortest and the longest pause.</param>
    public static AfterAttempt Decide(RegionAnswer answer, long attempt, DateTimeOffset now, DeliveryOptions options)
    {
        switch (answer)
        {
            case RegionAnswer.Taken:
                return new AfterAttempt.Acknowledge();
            case RegionAnswer.Refused:
                return new AfterAttempt.GiveUp(Undelivered.RefusedByRegion);
            case RegionAnswer.Sent:
                return new AfterAttempt.AwaitAcknowledgement();
            case RegionAnswer.Away:
                return new AfterAttempt.AwaitChannel();
            case RegionAnswer.NotNow notNow:
                var doubled = options.FirstPause * Math.Pow(2, Math.Min(attempt - 1, 20));
                var pause = doubled < options.LongestPause ? doubled : options.LongestPause;
                return new AfterAttempt.TryAgain(now + (notNow.Pause > pause ? notNow.Pause.Value : pause));
            default:
                throw new InvalidOperationException($"No decision for {answer.GetType().Name}.");
        }
    }

    /// <summary>Sent again as often as the rules say; an emergency is reported at once.</summary>
    public static AfterDeadline Decide(DeliveryRules rules, bool urgent, long sentAgain, DateTimeOffset now) =>
        urgent || sentAgain >= rules.SendAgain
            ? new AfterDeadline.Report()
            : new AfterDeadline.SendAgain(now + rules.Deadline(urgent));
}
