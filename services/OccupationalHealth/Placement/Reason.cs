namespace OccupationalHealth.Placement;

/// <summary>
/// One reason for or against. <see cref="Place"/> is what it speaks for or against; without one it explains the
/// level, the urgency or the method. Its code is from OMH/CodeSystem/placement-reason, which is <see cref="Reasons"/>.
/// </summary>
/// <param name="Template">Its words, with {date} and {n} where the decision tells a day and a number.</param>
public sealed record Reason(string Code, bool For, Wording Template)
{
    public DateOnly? Date { get; init; }

    public int? Number { get; init; }

    public Wording Text
    {
        get
        {
            var dated = Date is { } date ? Template.With("date", date) : Template;
            return Number is { } number ? dated.With("n", number) : dated;
        }
    }

    public CarePlace? Place { get; init; }

    /// <summary>The contract it follows from, if any; opaque to the reader of the reason.</summary>
    public string? ContractId { get; init; }

    public Reason On(DateOnly date) => this with { Date = date };

    public Reason Counting(int number) => this with { Number = number };

    public Reason At(CarePlace place, string? contractId = null) =>
        this with { Place = place, ContractId = contractId };
}
