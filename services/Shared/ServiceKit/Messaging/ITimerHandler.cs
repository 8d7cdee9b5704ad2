using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// Acts when a deadline is due, in the transaction that also marks the deadline as done. It first looks whether the
/// deadline still means anything.
/// </summary>
public interface ITimerHandler
{
    /// <summary>An exception means a bug or broken I/O; the deadline is tried again, and parked after three attempts.</summary>
    Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel);
}
