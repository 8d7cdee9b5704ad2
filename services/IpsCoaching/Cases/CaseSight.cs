using Fhir;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Lets the team of a case see it, and after a transfer the former team no longer.</summary>
/// <param name="register">All of the tenant.</param>
internal sealed class CaseSight(Session session, Access register, EpisodeOfCare episode)
{
    // What hangs on a person, and by which search parameter.
    private static readonly (string Type, string Param)[] OfPerson =
    [
        ("Observation", "patient"), ("Consent", "patient"), ("QuestionnaireResponse", "patient"), ("Goal", "patient"),
        ("Procedure", "patient"), ("ServiceRequest", "patient"), ("CareTeam", "patient"), ("Task", "subject"),
    ];

    public async Task Follow(EpisodeOfCare? former)
    {
        var (team, before) = (await TeamOf(episode), former is null ? null : await TeamOf(former));
        if (team is not null) await Show(Begins(), team);
        if (former is null || former.ManagingOrganization?.Reference == episode.ManagingOrganization?.Reference) return;
        // Who asked for coaching is no former team: it still sees what it saw.
        var hides = before is not null && former.CareManager is not null;
        var all = await Recorded(team, before);
        if (team is not null) await Show(all, team);
        if (!hides) return;
        var stays = (await OtherCases()).Contains(before!, StringComparer.Ordinal);
        // A care team that is no single person's stays where it is.
        foreach (var (type, id) in all.Concat(Begins().Take(2)).Distinct())
            if (!stays || type is nameof(EpisodeOfCare) or nameof(Encounter))
                await session.Resources.Withhold(type, id, before!);
    }

    private async Task Show(IEnumerable<(string Type, string Id)> some, string team)
    {
        foreach (var (type, id) in some) await session.Resources.Share(type, id, [team]);
    }

    // With these a case begins, itself and the person first; some of them are stored before it.
    private IEnumerable<(string Type, string Id)> Begins()
    {
        yield return (episode.TypeName, episode.Id!);
        foreach (var reference in (IEnumerable<ResourceReference?>)
            [episode.Patient, .. episode.Team, .. episode.ReferralRequest])
            if (reference?.TryGetLocal(out var type, out var id) == true) yield return (type, id);
    }

    // As the team before saw it; without one, what no other team has to itself.
    private async Task<IReadOnlyList<(string Type, string Id)>> Recorded(string? team, string? before)
    {
        if (before is not null) return await Seen(register.Of(before));
        HashSet<(string, string)> others = [];
        foreach (var other in await OtherCases())
            if (other != team) others.UnionWith(await Seen(register.Of(other)));
        return [.. (await Seen(register)).Where(one => !others.Contains(one))];
    }

    private async Task<IReadOnlyList<(string Type, string Id)>> Seen(Access access)
    {
        List<(string, string)> all = await Found(access, "Encounter", "episode-of-care", episode.TypeName, episode.Id!);
        if (episode.Patient?.TryGetLocal(out var person, out var id) == true)
            foreach (var (type, param) in OfPerson) all.AddRange(await Found(access, type, param, person, id));
        return all;
    }

    private async Task<List<(string, string)>> Found(
        Access access, string type, string param, string target, string id)
    {
        List<(string, string)> all = [];
        var query = new SearchQuery(type)
        {
            Clauses = [new SearchClause.Reference(param, [new TokenValue(target, id)])], Count = SearchQuery.MostAtOnce,
        };
        await foreach (var match in session.Resources.SearchAll(access, query)) all.Add((match.Type, match.Id));
        return all;
    }

    private async Task<IReadOnlyList<string>> OtherCases()
    {
        if (episode.Patient?.TryGetLocal(out var type, out var id) != true) return [];
        var cases = await session.Resources.FindByReference<EpisodeOfCare>(register, "patient", type!, id!);
        return await Teams.Of(session, register,
            cases.Where(one => one.Id != episode.Id).Select(one => one.ManagingOrganization));
    }

    private async Task<string?> TeamOf(EpisodeOfCare one) =>
        (await Teams.Of(session, register, [one.ManagingOrganization])).FirstOrDefault();
}
