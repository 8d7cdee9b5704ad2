using Messages.Regions;

namespace RegionHandoff.Regions;

/// <summary>
/// Where a region finds its queues: <c>amqps://host:port/region-08</c>. We go there by our own settings and take the
/// virtual host alone from it, so that nobody who writes a directory can lead our password elsewhere.
/// </summary>
public static class AmqpAddress
{
    /// <summary>The county code that the virtual host's name ends in, or null when it is not of that form.</summary>
    public static string? RegionOf(string? address, string prefix) =>
        Parse(address) is { } uri && uri.AbsolutePath.StartsWith("/" + prefix, StringComparison.Ordinal)
        && uri.AbsolutePath[(prefix.Length + 1)..] is var code && RegionDirectory.Names(code) is not null
            ? code
            : null;

    /// <summary>What is wrong with the address of a region's endpoint.</summary>
    /// <param name="address">As it stands in the endpoint.</param>
    /// <param name="prefix">What stands before the county code.</param>
    /// <param name="region">The county code of the managing region; null when it names none.</param>
    /// <param name="allowPlain">Whether it may be unencrypted beyond this machine.</param>
    public static IEnumerable<string> Faults(string? address, string prefix, string? region, bool allowPlain)
    {
        if (Parse(address) is not { } uri)
        {
            yield return $"The address must be amqps://host:port/{prefix} and the county code.";
            yield break;
        }

        if (uri.UserInfo.Length > 0) yield return "The address must not hold a name or password.";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            yield return "The address has no query and no fragment.";
        if (uri.Scheme == "amqp" && !uri.IsLoopback && !allowPlain)
            yield return "Messages about persons leave this machine over amqps only.";
        if (RegionOf(address, prefix) is not { } named)
            yield return $"The virtual host of a region is named {prefix} and its county code.";
        else if (region is not null && named != region)
            yield return "The virtual host is that of another region than the managing organisation.";
    }

    private static Uri? Parse(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0
            ? uri
            : null;
}
