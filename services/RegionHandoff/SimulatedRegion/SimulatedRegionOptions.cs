using ServiceKit.Settings;

namespace RegionHandoff.SimulatedRegion;

/// <summary>A region that is played, for demonstration: the section <c>SimulatedRegion</c>.</summary>
public sealed class SimulatedRegionOptions : ISettings
{
    public static string Section => "SimulatedRegion";

    /// <summary>Off unless switched on.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The gateway's address: a played region comes in by the front door, like a real one. It may be set when it is
    /// known, also after the start.
    /// </summary>
    public string Gateway { get; set; } = "http://localhost:8080";

    /// <summary>
    /// Where it listens as the endpoint of those regions whose Endpoint.address begins so; empty: mailboxes only.
    /// </summary>
    public string Listen { get; set; } = "http://127.0.0.1:8099";

    /// <summary>How long a handoff stays accepted, and then in progress.</summary>
    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the mailboxes are looked into.</summary>
    public TimeSpan Look { get; set; } = TimeSpan.FromSeconds(1);

    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Gateway, UriKind.Absolute, out _))
            yield return "SimulatedRegion:Gateway must be an address such as http://localhost:8080.";
    }
}
