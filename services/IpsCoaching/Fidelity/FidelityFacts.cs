namespace IpsCoaching.Fidelity;

/// <summary>What one unit's cases tell of a period, both days included; counts and days only, no persons.</summary>
/// <param name="Caseloads">How many open cases each coach has on the last day.</param>
/// <param name="DaysToFirstEmployerContact">For each client who entered in the period and has one.</param>
/// <param name="WithoutEmployerContact">How many entered for whom none was met yet.</param>
/// <param name="Coaches">How many coaches had a case in the period.</param>
/// <param name="EmployerMeetings">Meetings in person of these coaches with employers in the period.</param>
/// <param name="Occupations">The occupation of each job that began in the period.</param>
/// <param name="Employers">The employer of each of them that has one.</param>
/// <param name="FollowAlongMade">Due contacts of the period that were made.</param>
/// <param name="FollowAlongMissed">Those that were missed.</param>
/// <param name="CommunityMinutes">Minutes of contacts in the community.</param>
/// <param name="OfficeMinutes">Minutes of contacts at the office.</param>
/// <param name="Refusals">The reason of each case that was refused.</param>
public sealed record FidelityFacts(
    DateOnly From, DateOnly To, IReadOnlyList<int> Caseloads, IReadOnlyList<int> DaysToFirstEmployerContact,
    int WithoutEmployerContact, int Coaches, int EmployerMeetings, IReadOnlyList<string> Occupations,
    IReadOnlyList<string> Employers, int FollowAlongMade, int FollowAlongMissed, decimal CommunityMinutes,
    decimal OfficeMinutes, IReadOnlyList<string> Refusals)
{
    /// <summary>How many clients were coached on a day of the period.</summary>
    public int Clients { get; init; }

    /// <summary>Minutes of the coaches' work that is coaching, and of all their recorded work.</summary>
    public (decimal Coaching, decimal All) Minutes { get; init; }

    /// <summary>How many of the cases of the coaches come from the two teams that sent each of them most.</summary>
    public int FromTwoTeams { get; init; }

    /// <summary>Clients whose first job of the period began, and those of them who were counselled before it.</summary>
    public (int Counselled, int Clients) BeforeJob { get; init; }

    /// <summary>With how many of the clients disclosure was talked over at least once, and often enough.</summary>
    public (int Once, int Repeatedly) DisclosureTalks { get; init; }

    /// <summary>After how many of the jobs that ended in the period the career profile was updated.</summary>
    public (int Updated, int Ended) Profiles { get; init; }

    /// <summary>Of the jobs that began: how many are competitive, how many of those did not end as fixed-term.</summary>
    public (int Competitive, int NotFixedTerm) Jobs { get; init; }

    /// <summary>How many of the cases open in the period one coach has had from their start.</summary>
    public (int ByOneCoach, int All) Cases { get; init; }

    /// <summary>In how many whole weeks of the period a coach met a care team as a team.</summary>
    public int TeamMeetingWeeks { get; init; }

    /// <summary>
    /// The whole months of the period, and those in which a coach met employment services or Kela (item 6: each month).
    /// </summary>
    public (int WithServices, int All) Months { get; init; }

    /// <summary>In how many whole weeks of the period the coaches had group supervision.</summary>
    public int SupervisionWeeks { get; init; }

    /// <summary>Jobs of clients who had named an occupation before, and how many of them are of that occupation.</summary>
    public (int AsWished, int WithWish) Wishes { get; init; }

    /// <summary>How many employers were met in person, and how many of them often enough for a relationship.</summary>
    public (int Often, int Met) EmployersMet { get; init; }

    /// <summary>Clients who worked in the period, and how many of them and of their employers were met meanwhile.</summary>
    public (int Working, int Met, int EmployerMet) InWork { get; init; }

    /// <summary>Attempts to reach clients who had gone out of sight.</summary>
    public int OutreachAttempts { get; init; }
}
