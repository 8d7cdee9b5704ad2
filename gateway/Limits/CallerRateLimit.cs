using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Gateway.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace Gateway.Limits;

/// <summary>One client's flood is refused to that client; the others do not notice it.</summary>
public static class CallerRateLimit
{
    public const string Policy = "caller";

    public static RateLimitPartition<string> Partition(HttpContext context, GatewayOptions.RateLimitOptions limit) =>
        RateLimitPartition.Get(PartitionKey(context), _ => Limiter(limit));

    public static ValueTask OnRejected(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.Zero;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }

    // Concurrency comes first, so that what it refuses costs no token of the second.
    private static RateLimiter Limiter(GatewayOptions.RateLimitOptions limit) => RateLimiter.CreateChained(
        new ConcurrencyLimiter(new() { PermitLimit = limit.ConcurrentRequests, QueueLimit = 0 }),
        new TokenBucketRateLimiter(new()
        {
            TokenLimit = limit.RequestsPerSecond,
            TokensPerPeriod = limit.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    private static string PartitionKey(HttpContext context) =>
        $"{Caller.Of(context.User)?.Organisation} {Network(context.Connection.RemoteIpAddress)}";

    // A client that has one IPv6 address has a whole /64 of them.
    private static string Network(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes(), 0, 8)
            : address.ToString();
    }
}
