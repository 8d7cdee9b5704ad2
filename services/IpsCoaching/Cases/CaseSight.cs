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
        var isTaken = former?.CareManager is null && episode.CareManager is not null;
        if (former is null
            || !isTaken && former.ManagingOrganization?.Reference == episode.ManagingOrganization?.Reference) return;
        // Who asked for coaching is no former team: it still sees what it saw.
        var hides = before is not null && former.CareManager is not null;
        var cases = await Cases();
        var all = (await Recorded(cases, team, hides ? before : null))
            .Select(one => (one.Type, one.Id, Cases: Among(one, cases))).ToList();
        if (team is not null)
            await Show(all.Where(one => one.Cases.Contains(episode)).Select(one => (one.Type, one.Id)), team);
        if (!hides) return;
        // What belongs to another case that it has stays, and with it the person.
        List<EpisodeOfCare> stays = [];
        foreach (var other in cases.Where(one => one != episode))
            if (await TeamOf(other) == before) stays.Add(other);
        // A care team that is no single person's stays where it is.
        foreach (var (type, id) in all.Where(one => !one.Cases.Intersect(stays).Any()).Select(one => (one.Type, one.Id))
            .Concat(Begins().Take(stays.Count > 0 ? 1 : 2)).Distinct())
            await session.Resources.Withhold(type, id, before!);
    }

    /// <summary>Shares what was stored before anything was shared.</summary>
    public async Task Renew()
    {
        if (await TeamOf(episode) is not { } team) return;
        var cases = await Cases();
        await Show(Begins(), team);
        await Show((await Recorded(cases, team, null)).Where(one => Among(one, cases).Contains(episode)
            && CaseLinks.In(one.As<Resource>()).IsFor(episode)).Select(one => (one.Type, one.Id)), team);
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

    private static IReadOnlyList<EpisodeOfCare> Among(StoredResource one, IReadOnlyList<EpisodeOfCare> cases) =>
        CaseLinks.In(one.As<Resource>()).Among(cases);

    // As the team before saw it; without one, what no other team has to itself.
    private async Task<IReadOnlyList<StoredResource>> Recorded(
        IReadOnlyList<EpisodeOfCare> cases, string? team, string? before)
    {
        if (before is not null) return await Seen(register.Of(before));
        HashSet<(string, string)> others = [];
        foreach (var other in await Teams.Of(
            session, register, cases.Where(one => one != episode).Select(one => one.ManagingOrganization)))
            if (other != team) others.UnionWith((await Seen(register.Of(other))).Select(one => (one.Type, one.Id)));
        return [.. (await Seen(register)).Where(one => !others.Contains((one.Type, one.Id)))];
    }

    private async Task<IReadOnlyList<StoredResource>> Seen(Access access)
    {
        var all = await Found(access, "Encounter", "episode-of-care", episode.TypeName, episode.Id!);
        if (episode.Patient?.TryGetLocal(out var person, out var id) == true)
            foreach (var (type, param) in OfPerson) all.AddRange(await Found(access, type, param, person, id));
        return all;
    }

    private async Task<List<StoredResource>> Found(Access access, string type, string param, string target, string id)
    {
        List<StoredResource> all = [];
        var query = new SearchQuery(type)
        {
            Clauses = [new SearchClause.Reference(param, [new TokenValue(target, id)])], Count = SearchQuery.MostAtOnce,
        };
        await foreach (var match in session.Resources.SearchAll(access, query)) all.Add(match);
        return all;
    }

    // All of the person, this one as it is now.
    private async Task<IReadOnlyList<EpisodeOfCare>> Cases()
    {
        if (episode.Patient?.TryGetLocal(out var type, out var id) != true) return [episode];
        var cases = await session.Resources.FindByReference<EpisodeOfCare>(register, "patient", type!, id!);
        return [.. cases.Where(one => one.Id != episode.Id).Prepend(episode)];
    }

    private async Task<string?> TeamOf(EpisodeOfCare one) =>
        (await Teams.Of(session, register, [one.ManagingOrganization])).FirstOrDefault();
}
