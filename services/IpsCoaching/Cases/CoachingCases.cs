using Fhir;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>Finds the case of a person and what hangs on it. A person has one open case at a time.</summary>
internal static class CoachingCases
{
    /// <summary>The open case, or null. Work found, a relapse or no progress never end one, so none is asked.</summary>
    public static async Task<EpisodeOfCare?> Open(Session session, Access access, ResourceReference patient)
    {
        if (!patient.TryGetLocal(out var type, out var id)) return null;
        var cases = await session.Resources.FindByReference<EpisodeOfCare>(access, "patient", type, id);
        return cases.FirstOrDefault(IsOpen);
    }

    /// <summary>Whether a case goes on.</summary>
    public static bool IsOpen(EpisodeOfCare episode) => episode.Status is EpisodeOfCareStatus.Active
        or EpisodeOfCareStatus.Onhold or EpisodeOfCareStatus.Planned or EpisodeOfCareStatus.Waitlist;

    /// <summary>
    /// The case that was open on a day or, without one, the open case: what is told of a time long past belongs to the
    /// case of that time, also when it has ended since.
    /// </summary>
    public static async Task<EpisodeOfCare?> On(Session session, Access access, ResourceReference patient, DateOnly day)
    {
        if (!patient.TryGetLocal(out var type, out var id)) return null;
        var cases = await session.Resources.FindByReference<EpisodeOfCare>(access, "patient", type, id);
        return cases.Where(one => Runs(one, day, day)).MaxBy(IsOpen) ?? cases.FirstOrDefault(IsOpen);
    }

    /// <summary>Whether a case was open at any time from one day to another.</summary>
    public static bool Runs(EpisodeOfCare episode, DateOnly first, DateOnly last) =>
        !(last < FinnishTime.DateOf(episode.Period?.StartElement))
        && !(first > FinnishTime.LastDateOf(episode.Period?.EndElement));

    /// <summary>
    /// The open cases or, without one, the case that was changed last. A caller who sees its own only opens a case also
    /// for who has one elsewhere, of which nothing is told: then there are several.
    /// </summary>
    public static async Task<IReadOnlyList<EpisodeOfCare>> Running(Session session, Access access, string person) =>
        Running(await session.Resources.FindByReference<EpisodeOfCare>(access, "patient", nameof(Patient), person));

    /// <summary>The same of all cases of a person, the one that was changed last first.</summary>
    public static IReadOnlyList<EpisodeOfCare> Running(IReadOnlyList<EpisodeOfCare> all) =>
        all.Any(IsOpen) ? [.. all.Where(IsOpen)] : [.. all.Take(1)];

    /// <summary>The journey on which the case was opened.</summary>
    public static string Journey(EpisodeOfCare episode) =>
        episode.Identifier.Find(identifier => identifier.System == Systems.Journey)?.Value
        ?? throw new InvalidOperationException($"The case {episode.Id} has no journey.");

    /// <summary>What a reference of our store points to, or null.</summary>
    public static async Task<T?> Follow<T>(Session session, Access access, ResourceReference? reference)
        where T : Resource, new() =>
        reference?.TryGetLocal(out var type, out var id) == true && type == new T().TypeName
            ? await session.Resources.Get<T>(access, id)
            : null;

    /// <summary>
    /// A unit that a request names by its address here or by its name of <see cref="Systems.Organisation"/>.
    /// </summary>
    public static async Task<Organization?> Unit(Session session, Access access, ResourceReference? reference) =>
        reference is { Reference: null, Identifier: { System: Systems.Organisation, Value: { Length: > 0 } name } }
            ? await session.Resources.FindByToken<Organization>(access, "identifier", Systems.Organisation, name)
            : await Follow<Organization>(session, access, reference);

    /// <summary>Whether a reference leads to a professional of this base, by role or by person.</summary>
    public static async Task<bool> IsProfessional(Session session, Access access, ResourceReference? reference) =>
        await Follow<PractitionerRole>(session, access, reference) is not null
        || await Follow<Practitioner>(session, access, reference) is not null;
}
