using IpsCoaching.EmploymentStatus;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Figures;

/// <summary>What the cases of one unit tell, with no more of a person than what figures need: no name, no code.</summary>
/// <param name="Contacts">
/// The valid contacts of the unit's cases and of its coaches: they meet employers for no client in particular too.
/// </param>
public sealed record UnitRecord(IReadOnlyList<ClientRecord> Clients, IReadOnlyList<ContactRecord> Contacts)
{
    public IEnumerable<CaseRecord> Cases => Clients.SelectMany(client => client.Cases);
}

/// <summary>One person whom the unit coaches or coached, with all cases that the person had there.</summary>
public sealed record ClientRecord
{
    /// <summary>Those that were refused are among them.</summary>
    public IReadOnlyList<CaseRecord> Cases { get; init; } = [];

    /// <summary>The jobs that have begun and of which a day falls into one of the cases.</summary>
    public IReadOnlyList<JobRecord> Jobs { get; init; } = [];

    /// <summary>The contacts that jobs called for.</summary>
    public IReadOnlyList<DueRecord> Due { get; init; } = [];

    public IReadOnlyList<StatusPeriod> Statuses { get; init; } = [];

    /// <summary>The days of counselling on what work does to benefits.</summary>
    public IReadOnlyList<DateOnly> Counselled { get; init; } = [];

    /// <summary>The days on which it was talked over what employers may be told.</summary>
    public IReadOnlyList<DateOnly> DisclosureTalks { get; init; } = [];

    /// <summary>The first days of education; what was agreed and has not begun is not among them.</summary>
    public IReadOnlyList<DateOnly> EducationStarts { get; init; } = [];

    public IReadOnlyList<ProfileRecord> Profiles { get; init; } = [];

    public IReadOnlyList<WishRecord> Wishes { get; init; } = [];

    /// <summary>How the client finds that life is.</summary>
    public IReadOnlyList<ViewRecord> Views { get; init; } = [];

    /// <summary>The cases that were taken up and of which a day falls into a period.</summary>
    public IEnumerable<CaseRecord> Served(DateOnly from, DateOnly to) =>
        Cases.Where(one => !one.IsRefused && one.Start <= to && !(one.End < from));

    /// <summary>The jobs that began in a period, with coaching.</summary>
    public IEnumerable<JobRecord> Found(DateOnly from, DateOnly to) => Jobs.Where(job =>
        from <= job.Start && job.Start <= to
        && Cases.Any(one => !one.IsRefused && one.Start <= job.Start && !(one.End < job.Start)));
}

/// <param name="IsRetention">Whether a job was at risk at entry, which coaching is to keep.</param>
/// <param name="Coaches">Who had the case from when to when.</param>
/// <param name="Teams">The units of the care teams.</param>
/// <param name="Contacts">The valid contacts of this case.</param>
public sealed record CaseRecord(
    DateOnly Start, DateOnly? End, bool IsRefused, string? RefusalReason, bool IsRetention,
    IReadOnlyList<(string Coach, DateOnly Since, DateOnly? Until)> Coaches, IReadOnlyList<string> Teams,
    IReadOnlyList<ContactRecord> Contacts);

/// <param name="Kind">A code of <see cref="EmployerContacts.CoachContact"/>.</param>
/// <param name="Place">A class of it.</param>
/// <param name="Employer">By business id.</param>
public sealed record ContactRecord(DateOnly Day, string Kind, string Place, decimal Minutes, string? Employer);

/// <param name="Id">Tells jobs apart.</param>
/// <param name="HoursAWeek">Paid hours.</param>
public sealed record JobRecord(
    string Id, DateOnly Start, DateOnly? End, string Occupation, string? Employer, bool IsCompetitive,
    decimal HoursAWeek, string? EndReason)
{
    public bool IsRunning(DateOnly from, DateOnly to) => Start <= to && !(End < from);
}

/// <param name="Kind">A code of <see cref="EmployerContacts.FollowAlongKinds"/>.</param>
/// <param name="To">The last day on which it was due.</param>
public sealed record DueRecord(string Kind, DateOnly To, TaskStatus Status);

/// <param name="Jobs">The ids of the jobs after which it was updated.</param>
public sealed record ProfileRecord(DateOnly Day, IReadOnlyList<string> Jobs);

/// <summary>An occupation that the client wished for, with the days on which the wish held.</summary>
public sealed record WishRecord(string Occupation, DateOnly Since, DateOnly? Until);

/// <param name="Question">A code of the client's own view.</param>
/// <param name="Score">1 to 5.</param>
public sealed record ViewRecord(string Question, DateOnly Day, int Score);
