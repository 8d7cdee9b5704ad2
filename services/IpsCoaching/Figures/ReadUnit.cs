using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Figures;

/// <summary>Reads what figures are counted from, each kind of resource once for all cases of a unit.</summary>
internal sealed class ReadUnit(Session session, Access access)
{
    // What one question of the database asks for.
    private const int AtOnce = 200;

    public async Task<UnitRecord> Of(string unit)
    {
        var episodes = await session.Resources.FindByReference<EpisodeOfCare>(
            access, "organization", "Organization", unit);
        var persons = episodes.Select(one => IdOf(one.Patient)).OfType<string>().ToHashSet();
        var contacts = await Linked<Encounter>("episode-of-care", "EpisodeOfCare", episodes.Select(one => one.Id!));
        var coaches = episodes.SelectMany(CoachHistory.Of).Select(one => new ResourceReference(one.Coach)).ToList();
        List<Encounter> all = [.. contacts];
        foreach (var type in new[] { "PractitionerRole", "Practitioner" })
            all.AddRange(await Linked<Encounter>("participant", type, coaches
                .Where(one => one.TryGetLocal(out var of, out _) && of == type).Select(one => IdOf(one)!)));
        var ofCase = contacts.ToLookup(one => IdOf(one.EpisodeOfCare[0]));
        var teams = await Teams(episodes);
        var cases = episodes.ToLookup(one => IdOf(one.Patient), one => Case(one, teams, ofCase[one.Id]));
        var facts = new ClientFacts(
            await OfPersons<Observation>(persons), await Linked<FhirTask>("subject", "Patient", persons),
            await OfPersons<Procedure>(persons), await OfPersons<Consent>(persons),
            await OfPersons<QuestionnaireResponse>(persons), await OfPersons<Goal>(persons));
        return new UnitRecord(
            [.. persons.Order(StringComparer.Ordinal).Select(person => facts.Of(person, [.. cases[person]]))],
            Valid(all.DistinctBy(one => one.Id)));
    }

    private static CaseRecord Case(
        EpisodeOfCare episode, Dictionary<string, string> teams, IEnumerable<Encounter> contacts) =>
        new(
            FinnishTime.DateOf(episode.Period?.StartElement)!.Value, FinnishTime.LastDateOf(episode.Period?.EndElement),
            episode.Status is EpisodeOfCareStatus.Cancelled, CaseRefusal.ReasonOf(episode),
            episode.GetExtension(CaseEntry.RetentionUrl)?.Value is FhirBoolean { Value: true },
            [.. CoachHistory.Of(episode)],
            [.. episode.Team.Select(IdOf).OfType<string>().Select(teams.GetValueOrDefault).OfType<string>().Distinct()],
            Valid(contacts));

    private static IReadOnlyList<ContactRecord> Valid(IEnumerable<Encounter> contacts) =>
    [
        .. from contact in contacts
           where contact.Status is EncounterStatus.Finished
           let day = CoachContact.DayOf(contact)
           let kind = CoachContact.KindOf(contact)
           where day is not null && kind is not null
           let employer = contact.GetExtension(CoachContact.EmployerUrl)?.Value as ResourceReference
           select new ContactRecord(
               day.Value, kind, contact.Class!.Code!, contact.Length?.Value ?? 0, employer?.Identifier?.Value),
    ];

    // By whose unit it is, since each person has a care team of their own.
    private async Task<Dictionary<string, string>> Teams(IEnumerable<EpisodeOfCare> episodes)
    {
        List<CareTeam> teams = [];
        foreach (var ids in episodes.SelectMany(one => one.Team).Select(IdOf).OfType<string>().Distinct().Chunk(AtOnce))
            teams.AddRange(await session.Resources.FindAll<CareTeam>(access, new SearchClause.Token(
                SearchParameters.Id, [.. ids.Select(id => new TokenValue(null, id))])));
        return teams.Where(team => team.ManagingOrganization is [{ Reference: not null }, ..])
            .ToDictionary(team => team.Id!, team => team.ManagingOrganization[0].Reference!);
    }

    private Task<IReadOnlyList<T>> OfPersons<T>(IEnumerable<string> persons) where T : Resource, new() =>
        Linked<T>("patient", "Patient", persons);

    private async Task<IReadOnlyList<T>> Linked<T>(string param, string type, IEnumerable<string> ids)
        where T : Resource, new()
    {
        List<T> all = [];
        foreach (var some in ids.Distinct().Chunk(AtOnce))
            all.AddRange(await session.Resources.FindAll<T>(access, new SearchClause.Reference(
                param, [.. some.Select(id => new TokenValue(type, id))])));
        return [.. all.DistinctBy(one => one.Id)];
    }

    private static string? IdOf(ResourceReference? reference) =>
        reference?.TryGetLocal(out _, out var id) == true ? id : null;
}
