namespace ServiceKit.Messaging;

/// <summary>Lets a process handle many messages side by side, and one that may end the process alone.</summary>
public sealed class SoloGate : IDisposable
{
    private const int Places = 256;
    private readonly SemaphoreSlim places = new(Places);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Waits for a place, or for all of them; disposing the result gives them back.</summary>
    public async Task<IDisposable> Enter(bool alone, CancellationToken cancel)
    {
        if (!alone)
        {
            await places.WaitAsync(cancel);
            return new Taken(this, 1);
        }

        await turn.WaitAsync(cancel);
        var taken = 0;
        try
        {
            for (; taken < Places; taken++) await places.WaitAsync(cancel);
            return new Taken(this, Places);
        }
        catch
        {
            if (taken > 0) places.Release(taken);
            throw;
        }
        finally
        {
            // The next one waits for the places anyway.
            turn.Release();
        }
    }

    public void Dispose()
    {
        places.Dispose();
        turn.Dispose();
    }

    private sealed class Taken(SoloGate gate, int count) : IDisposable
    {
        public void Dispose() => gate.places.Release(count);
    }
}
