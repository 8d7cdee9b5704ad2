using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>What a request to a service may cost: the section <c>Limits</c>.</summary>
public sealed class LimitOptions : ISettings
{
    public static string Section => "Limits";

    /// <summary>
    /// The largest request body, in bytes. The gateway limits what comes from outside; this holds for whatever else could
    /// reach a service.
    /// </summary>
    public long MostBytes { get; set; } = 10_000_000;

    /// <summary>The most entries of a transaction or batch.</summary>
    public int MostEntries { get; set; } = 1000;

    public IEnumerable<string> Faults()
    {
        if (MostBytes <= 0) yield return "Limits:MostBytes must be 1 or more: give a number of bytes.";
        if (MostEntries <= 0) yield return "Limits:MostEntries must be 1 or more: give a number of entries.";
    }
}
