namespace ServiceKit.Storage;

/// <summary>Wakes one waiting loop. Setting it while nobody waits is remembered once.</summary>
public sealed class Signal
{
    private readonly SemaphoreSlim semaphore = new(0, 1);

    /// <summary>Wakes the waiter.</summary>
    public void Set()
    {
        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already set: the waiter will look once, which is enough.
        }
    }

    /// <summary>Returns when the signal is set, or after the time-out.</summary>
    public Task Wait(TimeSpan timeout, CancellationToken cancel) => semaphore.WaitAsync(timeout, cancel);
}
