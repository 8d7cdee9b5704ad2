namespace ServiceKit.Messaging;

internal static class TokenTasks
{
    /// <summary>Ends when the token is cancelled; throws when <paramref name="stop"/> is cancelled before.</summary>
    public static async Task AsTask(this CancellationToken token, CancellationToken stop)
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(signalled.SetResult);
        await signalled.Task.WaitAsync(stop);
    }
}
