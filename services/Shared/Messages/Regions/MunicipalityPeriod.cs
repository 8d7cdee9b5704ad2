namespace Messages.Regions;

/// <summary>A municipality is served by one county for one span of days.</summary>
/// <param name="Code">National municipality code, three digits.</param>
/// <param name="Name">Finnish name.</param>
/// <param name="Region">County code, two digits.</param>
/// <param name="From">First day; null when it began before any day we know of.</param>
/// <param name="To">Last day; null while it goes on.</param>
/// <param name="Source">Where the row comes from, with its mark.</param>
public sealed record MunicipalityPeriod(
    string Code, string Name, string Region, DateOnly? From, DateOnly? To, string Source)
{
    /// <summary>True on every day from <see cref="From"/> to <see cref="To"/>, both included.</summary>
    public bool Holds(DateOnly on) => (From is null || on >= From) && (To is null || on <= To);
}
