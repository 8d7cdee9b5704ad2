using Fhir;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Who is responsible for the psychiatric care that a case belongs to.</summary>
/// <param name="Region">County code of the controller, such as <c>08</c>.</param>
/// <param name="Units">From the care team's own unit up to the last one below the county.</param>
internal sealed record CareController(string Region, IReadOnlyList<Organization> Units)
{
    // Unit, department, division, county; more levels would be a mistake in the directory.
    private const int MostLevels = 6;

    /// <summary>The unit whose care team treats the person.</summary>
    public Organization Unit => Units[0];

    /// <summary>
    /// Follows the units of the case's care team up to their county. Null when they belong to none that is known here:
    /// then nobody can be told, and the municipality where the person lives is no substitute, since it says nothing of
    /// who treats the person.
    /// </summary>
    public static async Task<CareController?> Find(Session session, Access access, EpisodeOfCare episode)
    {
        foreach (var reference in episode.Team)
        {
            var team = await CoachingCases.Follow<CareTeam>(session, access, reference);
            foreach (var unit in team?.ManagingOrganization ?? [])
            {
                if (await Climb(session, access, unit) is { } found) return found;
            }
        }

        return null;
    }

    private static async Task<CareController?> Climb(Session session, Access access, ResourceReference start)
    {
        var units = new List<Organization>();
        ResourceReference? next = start;
        while (next is not null && units.Count < MostLevels)
        {
            if (units.Count > 0 && Code([next.Identifier]) is { } named) return new CareController(named, units);
            if (await CoachingCases.Follow<Organization>(session, access, next) is not { } unit) return null;
            if (Code(unit.Identifier) is { } code) return new CareController(code, units.Count > 0 ? units : [unit]);
            units.Add(unit);
            next = unit.PartOf;
        }

        return null;
    }

    private static string? Code(IEnumerable<Identifier?> identifiers) =>
        identifiers.FirstOrDefault(identifier => identifier is { System: Systems.Region, Value.Length: > 0 })?.Value;
}
