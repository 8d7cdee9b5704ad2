namespace OccupationalHealth.Placement;

/// <summary>
/// One reason for or against. <see cref="Place"/> is what it speaks for or against; without one it explains the
/// level, the urgency or the method. Its code is from OMH/CodeSystem/placement-reason, which is <see cref="Reasons"/>.
/// </summary>
public sealed record Reason(string Code, bool For, Wording Text)
{
    public CarePlace? Place { get; init; }

    /// <summary>The contract it follows from, if any; opaque to the reader of the reason.</summary>
    public string? ContractId { get; init; }

    public Reason On(DateOnly date) => this with { Text = Text.With("date", date) };

    public Reason Counting(int number) => this with { Text = Text.With("n", number) };

    public Reason At(CarePlace place, string? contractId = null) =>
        this with { Place = place, ContractId = contractId };
}
