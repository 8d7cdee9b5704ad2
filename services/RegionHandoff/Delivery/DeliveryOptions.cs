using System.ComponentModel.DataAnnotations;

namespace RegionHandoff.Delivery;

/// <summary>
/// How hard one attempt tries: the configuration section <c>Delivery</c>. The deadlines are dated rules.
/// </summary>
public sealed class DeliveryOptions
{
    /// <summary>How long a region's REST endpoint has to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Retries within one attempt, with growing, jittered pauses.</summary>
    [Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>The first of these pauses.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:05")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>So many failures in a row (within half a minute) open an endpoint's circuit.</summary>
    [Range(2, 1000)]
    public int FailuresToBreak { get; set; } = 6;

    /// <summary>How long an open circuit lets nothing through.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause after the first failed attempt; it doubles with each one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Deliveries that are on their way at the same time.</summary>
    [Range(1, 1000)]
    public int AtOnce { get; set; } = 32;

    /// <summary>
    /// Lets endpoints beyond this machine use http, for a closed network whose links are encrypted otherwise.
    /// </summary>
    public bool AllowPlainHttp { get; set; }
}
