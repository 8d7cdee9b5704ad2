using Fhir;
using ServiceKit.Rest;

namespace IpsCoaching.Cases;

/// <summary>
/// A case by REST: a create is a self-referral or comes from the care team, an update leads it through its life. A
/// <c>coaching-request</c> opens one too.
/// </summary>
public sealed class CaseRule : IWriteRule<EpisodeOfCare>
{
    public Task<Refusal?> Check(Write<EpisodeOfCare> write, CancellationToken cancel) =>
        write.Current is null ? EnterCase.Check(write) : ChangeCase.Check(write, write.Current);

    /// <summary>Whether the coach is one whom this service knows.</summary>
    internal static async Task<IReadOnlyList<FhirIssue>> CoachFaults(Write<EpisodeOfCare> write)
    {
        if (write.Proposed.CareManager is not { } coach
            || await CoachingCases.IsProfessional(write.Session, write.Access, coach)) return [];
        return [Refusal.Issue(IssueType.NotFound, "EpisodeOfCare.careManager",
            "The coach is a PractitionerRole or Practitioner of this base.")];
    }

    /// <summary>Care teams of this base, whose units are told of changes; those that come along stand apart.</summary>
    internal static async Task<IReadOnlyList<FhirIssue>> TeamFaults(Write<EpisodeOfCare> write)
    {
        List<FhirIssue> faults = [];
        foreach (var (team, i) in write.Proposed.Team.Select((team, i) => (team, i)))
        {
            if (team.IsContained) continue;
            if (await CoachingCases.Follow<CareTeam>(write.Session, write.Access, team) is null)
                faults.Add(Refusal.Issue(IssueType.NotFound, $"EpisodeOfCare.team[{i}]",
                    "The team is a CareTeam of this base."));
        }

        return faults;
    }

    internal static string Day(DateOnly day) => day.ToString("O");

    internal static Period Since(DateOnly day) => new(new FhirDateTime(Day(day)), null);
}
