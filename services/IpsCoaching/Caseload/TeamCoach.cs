using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Caseload;

/// <summary>
/// A coach as one of a team. Lists and transfers go by team: a coach who is in several sees each by itself, and nobody
/// sees a case of a team that the request does not name.
/// </summary>
/// <param name="References">How cases name the coach: as practitioner, or by a role in the team.</param>
internal sealed record TeamCoach(string Practitioner, string Team, IReadOnlyList<string> References)
{
    /// <summary>The coach of an address in the team that a request names; a refusal says what does not fit.</summary>
    public static async Task<(TeamCoach? Coach, Refusal? Refusal)> Find(
        Session session, Access access, string practitioner, ResourceReference? team, string teamPath)
    {
        if (await session.Resources.Get<Practitioner>(access, practitioner) is null)
            return (null, Refusal.NotFound("There is no such practitioner."));
        if (await Teams.Own(session, access, team) is not { } unit)
            return (null, Refusal.BadRequest(Refusal.Issue(
                IssueType.Required, teamPath, "The team, an Organization of this base.")));
        var roles = await RolesIn(session, access, practitioner, unit.Id!);
        return roles.Count > 0
            ? (new TeamCoach(practitioner, unit.Id!, [$"Practitioner/{practitioner}", .. roles]), null)
            : (null, new Refusal(403, "SEND_FORBIDDEN", [Refusal.Issue(
                IssueType.Forbidden, teamPath, "The coach has no PractitionerRole in this team.")]));
    }

    /// <summary>Whether a reference leads to somebody with a role in the team.</summary>
    public static async Task<bool> IsIn(Session session, Access access, ResourceReference? reference, string team)
    {
        if (await CoachingCases.Follow<PractitionerRole>(session, access, reference) is { } role)
            return role.Organization?.Reference == $"Organization/{team}" && role.Active != false;
        return await CoachingCases.Follow<Practitioner>(session, access, reference) is { } person
            && (await RolesIn(session, access, person.Id!, team)).Count > 0;
    }

    /// <summary>The open cases of the coach in the team, by the day of entry.</summary>
    public async Task<IReadOnlyList<EpisodeOfCare>> Cases(Session session, Access access) =>
        [.. (await session.Resources.FindByReference<EpisodeOfCare>(access, "organization", "Organization", Team))
            .Where(Has).OrderBy(episode => FinnishTime.DateOf(episode.Period?.StartElement)).ThenBy(one => one.Id)];

    /// <summary>Whether a case is open and this coach's.</summary>
    public bool Has(EpisodeOfCare episode) =>
        episode.Status is EpisodeOfCareStatus.Active or EpisodeOfCareStatus.Onhold
        && episode.ManagingOrganization?.Reference == $"Organization/{Team}"
        && References.Contains(episode.CareManager?.Reference ?? "", StringComparer.Ordinal);

    // A role that has ended still names the cases that nobody has taken over yet.
    private static async Task<IReadOnlyList<string>> RolesIn(
        Session session, Access access, string practitioner, string team) =>
        [.. (await session.Resources.FindByReference<PractitionerRole>(
                access, "practitioner", "Practitioner", practitioner))
            .Where(role => role.Organization?.Reference == $"Organization/{team}")
            .Select(role => $"PractitionerRole/{role.Id}")];
}
