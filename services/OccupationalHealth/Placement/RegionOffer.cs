namespace OccupationalHealth.Placement;

/// <summary>
/// What units offer, as their catalogue told last: those of the responsible region, and the occupational-health clinics
/// that give stepped care.
/// </summary>
/// <param name="LearntOn">The day of the copy; null when nothing was ever learnt.</param>
/// <param name="Units">In the order of their ids, so that the same copy always gives the same decision.</param>
public sealed record RegionOffer(DateOnly? LearntOn, IReadOnlyList<OfferedUnit> Units)
{
    public static readonly RegionOffer Unknown = new(null, []);
}

/// <summary>One unit of a catalogue. An empty list is no limit.</summary>
/// <param name="Id">Id of the HealthcareService.</param>
/// <param name="Place">Which place of care it is.</param>
public sealed record OfferedUnit(string Id, CarePlace Place)
{
    /// <summary>Id of the provider's Organization, for an occupational-health clinic.</summary>
    public string? Provider { get; init; }

    /// <summary>The day on which it was told; null where only that of the whole copy is known.</summary>
    public DateOnly? LearntOn { get; init; }

    public IReadOnlyList<string> Methods { get; init; } = [];
    public int? MinAge { get; init; }
    public int? MaxAge { get; init; }

    /// <summary>The municipalities that it serves, each with its days.</summary>
    public IReadOnlyList<ServedMunicipality> Municipalities { get; init; } = [];

    public Capacity Capacity { get; init; } = Capacity.Available;

    /// <summary>Days until the next person can begin.</summary>
    public int WaitingDays { get; init; }

    public bool Takes(PlacementFacts facts, string? method) =>
        (facts.Age is not { } age || (age >= (MinAge ?? age) && age <= (MaxAge ?? age)))
        && (method is null || Methods.Count == 0 || Methods.Contains(method))
        && (Municipalities.Count == 0 || facts.Municipality is not { } municipality
            || Serves(municipality, facts.Start));

    private bool Serves(string municipality, DateOnly on) =>
        Municipalities.Any(served => served.Code == municipality && served.Days.Includes(on));
}

/// <summary>A municipality that a unit serves, and when: areas change hands.</summary>
public sealed record ServedMunicipality(string Code, Validity Days);

/// <summary>In the order in which units are preferred.</summary>
public enum Capacity { Available, WaitingList, NoCapacity }
