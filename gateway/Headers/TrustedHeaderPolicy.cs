namespace Gateway.Headers;

/// <summary>Decides which headers nobody may send from outside, because something inside believes them.</summary>
public static class TrustedHeaderPolicy
{
    private static readonly string[] Prefixes =
        ["omh-", "x-forwarded-", "x-original-", "x-envoy-", "x-accel-", "x-ms-client-principal", "proxy-"];

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // who and where the client is
        "forwarded", "x-real-ip", "x-client-ip", "true-client-ip", "x-cluster-client-ip", "cf-connecting-ip",
        "x-host", "client-cert", "client-cert-chain", "x-client-cert", "via",
        // what the request is
        "x-http-method", "x-http-method-override", "x-method-override", "x-rewrite-url",
        // free text that tracing would carry into every service and its logs
        "baggage",
        // hop by hop (RFC 9110 7.6.1), and what the gateway itself has answered with 100 Continue
        "connection", "keep-alive", "te", "trailer", "upgrade", "expect",
    };

    // Some servers read an underscore as a hyphen.
    public static bool IsForbidden(string name)
    {
        var plain = name.Replace('_', '-');
        return Names.Contains(plain)
            || Prefixes.Any(prefix => plain.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
