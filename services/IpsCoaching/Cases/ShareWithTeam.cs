using System.Globalization;
using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>
/// Who coaches a person sees the case and what is recorded in it, whichever way it comes. A team is named by the
/// identifier of <see cref="Systems.Organisation"/> of its Organization, the name by which the gateway knows its callers.
/// Data of a client are the business of those who coach the client now: with a transfer the new team sees the case with
/// all that was recorded in it, and the former one sees none of it any more; the controller's tenant keeps it all.
/// </summary>
internal sealed class ShareWithTeam : ISharing
{
    // What one question of the database asks for.
    private const int AtOnce = 200;

    public string Type => nameof(EpisodeOfCare);

    public Task Renew(Session session, Access access, Resource resource) =>
        new CaseSight(session, access.Register, (EpisodeOfCare)resource).Renew();

    public async Task Stored(Session session, Access access, Resource resource)
    {
        if (resource is not EpisodeOfCare episode) return;
        var version = long.Parse(episode.Meta!.VersionId!, CultureInfo.InvariantCulture);
        var former = version == 1 ? null : await session.Resources.GetVersion(
            access.Register, episode.TypeName, episode.Id!, version - 1);
        await new CaseSight(session, access.Register, episode).Follow(former?.As<EpisodeOfCare>());
    }

    public async Task Created(Session session, IReadOnlyList<(Access Access, Resource Resource)> all)
    {
        foreach (var group in all.Select(one => (one.Access, one.Resource, Links: CaseLinks.In(one.Resource)))
            .Where(one => one.Links.Any).GroupBy(one => one.Access))
        {
            // Of the cases that the writer sees: what one team writes is not shown to another with the same client.
            var cases = await Cases(session, group.Key, group.Select(one => one.Links.Person).OfType<string>());
            foreach (var (_, resource, links) in group)
            {
                var units = links.Person is null ? links.Units
                    : links.Among([.. cases[links.Person]]).Where(links.IsFor).Select(one => one.ManagingOrganization);
                await session.Resources.Share(
                    resource, (await Teams.Of(session, group.Key, units)).Distinct(StringComparer.Ordinal));
            }
        }
    }

    private static async Task<ILookup<string, EpisodeOfCare>> Cases(
        Session session, Access access, IEnumerable<string> persons)
    {
        List<EpisodeOfCare> all = [];
        foreach (var some in persons.Distinct().Chunk(AtOnce))
            all.AddRange(await session.Resources.FindAll<EpisodeOfCare>(access, new SearchClause.Reference(
                "patient", [.. some.Select(id => new TokenValue(nameof(Patient), id))])));
        return all.ToLookup(one => one.Patient!.Reference![(nameof(Patient).Length + 1)..]);
    }
}
