namespace OccupationalHealth.Placement;

/// <summary>For whom a method is meant, and where. An empty list is no limit.</summary>
/// <param name="Code">Code in OMH/CodeSystem/method.</param>
public sealed record MethodRule(string Code)
{
    /// <summary>Rung in stepped care, the least intensive first; null is never proposed, only asked for.</summary>
    public int? Step { get; init; }

    public IReadOnlyList<CareLevel> Levels { get; init; } = [];
    public IReadOnlyList<Severity> Severities { get; init; } = [];
    public IReadOnlyList<CarePlace> Places { get; init; } = [];
    public int? MinAge { get; init; }
    public int? MaxAge { get; init; }

    /// <summary>Not part of general-practice care: the contract has to name it.</summary>
    public bool AgreedSeparately { get; init; }

    /// <summary>Any physician may refer to it, whatever the contract.</summary>
    public bool UnderEveryContract { get; init; }

    /// <summary>An expert's method: after a physician or nurse of occupational health has judged the need.</summary>
    public bool AfterAssessment { get; init; }

    /// <summary>For a first and uncomplicated episode.</summary>
    public bool FirstEpisode { get; init; }

    /// <summary>Goes beside the care and so neither replaces it nor decides where it is given.</summary>
    public bool BesideCare { get; init; }

    /// <summary>Begins at once while the method chosen has no capacity.</summary>
    public bool BridgesWait { get; init; }

    /// <summary>Short psychotherapy or a structured, time-limited psychosocial treatment.</summary>
    public bool TimeLimitedTherapy { get; init; }

    /// <summary>Visits of one episode; others are recorded with a warning.</summary>
    public int? MinVisits { get; init; }
    public int? MaxVisits { get; init; }

    public string Source { get; init; } = "";

    public bool IsStepAt(CarePlace place) => Step is not null && (Places.Count == 0 || Places.Contains(place));

    public bool Fits(PlacementFacts facts, Need need) =>
        IsForAge(facts.Age) && IsForSeverity(need.Severity) && IsForEpisode(facts, need)
        && (Levels.Count == 0 || (need.Level is { } level && IsAmong(Levels, level)));

    public bool IsForAge(int? age) => age is null || (age >= (MinAge ?? age) && age <= (MaxAge ?? age));

    public bool IsForSeverity(Severity? severity) =>
        severity is null || Severities.Count == 0 || IsAmong(Severities, severity.Value);

    public bool IsForEpisode(PlacementFacts facts, Need need) =>
        !FirstEpisode || (facts.Recurrence is not true && need.Level is not CareLevel.Level4);

    public bool MayBegin(PlacementFacts facts) => !AfterAssessment || facts.IsAssessed;

    private static bool IsAmong<T>(IReadOnlyList<T> some, T value) where T : struct, Enum
    {
        for (var i = 0; i < some.Count; i++)
            if (EqualityComparer<T>.Default.Equals(some[i], value))
                return true;
        return false;
    }
}
