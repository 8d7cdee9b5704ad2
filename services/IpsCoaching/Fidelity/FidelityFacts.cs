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
    decimal OfficeMinutes, IReadOnlyList<string> Refusals);
