namespace Gateway;

/// <summary>The settings under <c>Gateway</c>; their defaults stand in appsettings.json too, to be seen.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Path of a Unix socket on which every service is reached; empty: the clusters' addresses are.</summary>
    public string? UnixSocket { get; set; }

    /// <summary>How long a service may take to accept a connection; at most 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request may take in all, its body and its answer included; at most 90 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long /health/ready waits for a service; at most 10 s.</summary>
    public TimeSpan ReadinessTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest request body, in bytes.</summary>
    public long MaxRequestBodyBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>How many connections are open at once.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Networks (CIDR) of the proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    public RateLimitOptions RateLimit { get; set; } = new();

    /// <summary>What one caller, an organisation at one address, may use.</summary>
    public sealed class RateLimitOptions
    {
        public int ConcurrentRequests { get; set; } = 200;

        public int RequestsPerSecond { get; set; } = 1000;
    }
}
