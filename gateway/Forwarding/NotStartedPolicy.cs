namespace Gateway.Forwarding;

/// <summary>
/// Decides whether a request that failed never reached an instance: then it has had no effect, nothing of its body was
/// sent, and another instance may have it.
/// </summary>
public static class NotStartedPolicy
{
    public static bool Holds(Exception? error) => error switch
    {
        HttpRequestException refused => refused.HttpRequestError is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        // The time to connect has run out; every other limit cancels without this reason.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
