namespace IpsCoaching.Outcomes;

/// <summary>
/// What came of coaching in one quarter. Work counts where it is competitive; who was at work at entry and came to keep
/// a job is counted apart, in <see cref="Retention"/> and nowhere else but in what all clients are asked and learn.
/// </summary>
public sealed record OutcomeFacts
{
    /// <summary>Clients who were out of work at entry, and how many of them worked at all in the quarter.</summary>
    public (int Served, int Worked) OutOfWork { get; init; }

    /// <summary>Clients with a job at risk at entry, and how many of them worked at all in the quarter.</summary>
    public (int Served, int Worked) Retention { get; init; }

    /// <summary>The jobs of the quarter.</summary>
    public Tally Jobs { get; init; }

    /// <summary>Those of them that began in it.</summary>
    public Tally JobStarts { get; init; }

    /// <summary>Those that began before it.</summary>
    public Tally JobsFromBefore { get; init; }

    /// <summary>Paid hours a week of each job of the quarter.</summary>
    public IReadOnlyList<decimal> HoursAWeek { get; init; } = [];

    /// <summary>From entry to the first contact with an employer, for whom it came in the quarter.</summary>
    public IReadOnlyList<decimal> DaysToFirstContact { get; init; } = [];

    /// <summary>From entry to the first day of the first job, for whom it came in the quarter.</summary>
    public IReadOnlyList<decimal> DaysToFirstJob { get; init; } = [];

    /// <summary>By number of weeks: the jobs that would reach so many in the quarter, kept and lost before.</summary>
    public IReadOnlyList<(int Weeks, Tally Kept, Tally Lost)> Kept { get; init; } = [];

    /// <summary>Clients of a year or more, and how many of them work steadily.</summary>
    public (int Clients, int Steady) Steady { get; init; }

    /// <summary>The jobs that ended in the quarter, by reason.</summary>
    public IReadOnlyList<(string Reason, Tally Jobs)> Ends { get; init; } = [];

    /// <summary>The people whose jobs those were.</summary>
    public int PeopleOfEnds { get; init; }

    /// <summary>People who began an education.</summary>
    public int EducationStarts { get; init; }

    /// <summary>By question: the newest answers in the quarter, and how far each is from the client's first.</summary>
    public IReadOnlyList<(string Question, IReadOnlyList<decimal> Scores, IReadOnlyList<decimal> Changes)> Views
    {
        get;
        init;
    } = [];
}

/// <summary>So many things, of so many people.</summary>
public readonly record struct Tally(int Count, int People);
