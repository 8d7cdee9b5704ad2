using Fhir;

namespace IpsCoaching.Bulk;

/// <summary>What is recorded already of what a line tells.</summary>
internal abstract record Recorded
{
    private Recorded()
    {
    }

    /// <summary>Nothing: it is recorded now.</summary>
    /// <param name="Remark">What makes that doubtful.</param>
    public sealed record Not(string? Remark = null) : Recorded;

    /// <summary>The same: nothing is stored.</summary>
    /// <param name="Remark">What has become of it since.</param>
    public sealed record Already(Resource What, string? Remark = null) : Recorded;

    /// <summary>The same, but without the id that the line gives it: it gets that id.</summary>
    public sealed record Unnamed(Encounter What) : Recorded;

    /// <summary>The same said otherwise: the line changes it.</summary>
    public sealed record Otherwise(Resource What) : Recorded;

    /// <summary>It may be the same or another one, which only whoever imports can tell.</summary>
    public sealed record Unclear(LineFault Fault) : Recorded;
}
