namespace Gateway.Refusals;

/// <summary>
/// One way to be refused by the gateway itself. The code's prefix says whose fault it is (BaRS): SEND_ the sender's,
/// PROXY_ ours. Issue is a code of http://hl7.org/fhir/issue-type.
/// </summary>
public sealed record Refusal(int Status, string Code, string Issue, string Text)
{
    private static readonly Dictionary<int, Refusal> ByStatus = new Refusal[]
    {
        new(400, "SEND_BAD_REQUEST", "invalid", "The request is not well-formed HTTP, or its host is not served here."),
        new(401, "SEND_UNAUTHORIZED", "login", "The request needs a valid access token."),
        new(403, "SEND_FORBIDDEN", "forbidden", "The access token does not allow this request."),
        new(404, "SEND_NOT_FOUND", "not-found", "Nothing is served at this address."),
        new(405, "SEND_METHOD_NOT_ALLOWED", "not-supported", "This method is not allowed here."),
        new(408, "SEND_TIMEOUT", "timeout", "The request arrived too slowly. Send it again with the same ids."),
        new(413, "SEND_TOO_LARGE", "too-long", "The request body is too large."),
        new(414, "SEND_TOO_LARGE", "too-long", "The request's address is too long."),
        new(415, "SEND_UNSUPPORTED_MEDIA", "not-supported", "Send the body without compression."),
        new(429, "SEND_TOO_MANY", "throttled", "Too many requests. Wait as long as Retry-After says."),
        new(431, "SEND_TOO_LARGE", "too-long", "The request's headers are too large."),
        new(500, "PROXY_ERROR", "exception", "The gateway failed. The request's id helps to find out why."),
        new(502, "PROXY_UNAVAILABLE", "transient", "The service broke off. Send the request again with the same ids."),
        new(503, "PROXY_UNAVAILABLE", "transient", "The service is away. Send the request again with the same ids."),
        new(504, "PROXY_TIMEOUT", "timeout", "The service was too slow. Send the request again with the same ids."),
    }.ToDictionary(refusal => refusal.Status);

    /// <summary>The refusal that a status of 400 or more stands for.</summary>
    public static Refusal Of(int status) =>
        ByStatus.TryGetValue(status, out var known) ? known
        : status < 500 ? ByStatus[400] with { Status = status }
        : ByStatus[500] with { Status = status };
}
