using System.Net;
using Gateway.Authorization;
using Microsoft.Extensions.Options;

namespace Gateway;

/// <summary>Says what is wrong with the settings: every objection, each with its key and its remedy.</summary>
public sealed class GatewayOptionsPolicy(IConfiguration configuration) : IValidateOptions<GatewayOptions>
{
    // sockaddr_un of Linux has room for 108 bytes, the closing zero included.
    private const int LongestSocketPath = 107;

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var access = configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        string[] objections =
        [
            .. Objections(options), .. RouteTable.Objections(configuration),
            .. AccessOptionsPolicy.Objections(access, configuration["AllowedHosts"]),
        ];
        return objections is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(objections);
    }

    private static IEnumerable<string> Objections(GatewayOptions options)
    {
        if (options.UnixSocket is { Length: > 0 } path
            && (!Path.IsPathFullyQualified(path) || path.Length > LongestSocketPath))
            yield return $"Gateway:UnixSocket must be a full path of at most {LongestSocketPath} characters; "
                + "give such a path, or leave it out to reach the services at their clusters' addresses.";

        if (!Within(options.ConnectTimeout, 10)) yield return Range(nameof(options.ConnectTimeout), 10);
        if (!Within(options.RequestTimeout, 90)) yield return Range(nameof(options.RequestTimeout), 90);
        if (!Within(options.ReadinessTimeout, 10)) yield return Range(nameof(options.ReadinessTimeout), 10);

        if (options.MaxRequestBodyBytes <= 0) yield return AtLeastOne(nameof(options.MaxRequestBodyBytes));
        if (options.MaxConnections <= 0) yield return AtLeastOne(nameof(options.MaxConnections));
        if (options.RateLimit.ConcurrentRequests <= 0) yield return AtLeastOne("RateLimit:ConcurrentRequests");
        if (options.RateLimit.RequestsPerSecond <= 0) yield return AtLeastOne("RateLimit:RequestsPerSecond");

        foreach (var network in options.TrustedProxies.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Gateway:TrustedProxies holds '{network}', which is not a network; "
                + "write it like 10.0.0.0/8.";
    }

    private static bool Within(TimeSpan value, int seconds) =>
        value > TimeSpan.Zero && value <= TimeSpan.FromSeconds(seconds);

    private static string Range(string key, int seconds) =>
        $"Gateway:{key} must be more than nothing and at most {seconds} s; write it like 00:00:05.";

    private static string AtLeastOne(string key) => $"Gateway:{key} must be 1 or more; give it a positive number.";
}
