using RabbitMQ.Client;

namespace ServiceKit.Messaging;

/// <summary>How connections to the broker are closed.</summary>
internal static class Closing
{
    /// <summary>
    /// Closes it beside the caller, who may be the one that the client tells of its end. A connection that has died may
    /// never answer: whoever waits for the task sets a limit.
    /// </summary>
    public static async Task CloseAside(this IConnection connection)
    {
        await Task.Yield();
        await connection.DisposeAsync();
    }
}
