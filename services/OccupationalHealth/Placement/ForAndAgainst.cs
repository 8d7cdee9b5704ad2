namespace OccupationalHealth.Placement;

/// <summary>What speaks for and against an offer: whether it is open, and every answer where somebody reads them.</summary>
internal struct ForAndAgainst(List<Reason>? told)
{
    /// <summary>Nothing stands against it.</summary>
    public bool IsOpen { get; private set; } = true;

    public void Add(Reason answer)
    {
        IsOpen = IsOpen && answer.For;
        told?.Add(answer);
    }
}
