using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>Where traces and metrics go: the section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions : ISettings
{
    public static string Section => "Telemetry";

    /// <summary>The address of an OTLP collector; empty: nothing is sent.</summary>
    public string Endpoint { get; set; } = "";

    internal Uri? Address => Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) ? address : null;

    public IEnumerable<string> Faults()
    {
        if (Endpoint.Length > 0 && Address is not { Scheme: "http" or "https" })
            yield return $"Telemetry:Endpoint is '{Endpoint}': give an address such as http://127.0.0.1:4317.";
    }
}
