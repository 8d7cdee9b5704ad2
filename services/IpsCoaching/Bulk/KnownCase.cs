using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Bulk;

/// <summary>
/// A case of a spreadsheet that is here already: a person's case is known by the day on which the person entered. What
/// has become of it here since stays; a line adds what is not known yet.
/// </summary>
internal static class KnownCase
{
    public static async Task<EpisodeOfCare?> Of(Session session, Access access, ImportLine line)
    {
        if (FinnishTime.DateOf(line.Case.Period?.StartElement) is not { } entered) return null;
        var key = (nameof(Patient), Systems.IdentityCode, line.Code);
        await session.Lock(access, new Identifier(Systems.IdentityCode, line.Code));
        foreach (var person in (await session.Resources.FindByIdentifiers(access, [key]))[key])
        {
            var cases = await session.Resources.FindByReference<EpisodeOfCare>(access, "patient", nameof(Patient), person);
            if (cases.FirstOrDefault(one => FinnishTime.DateOf(one.Period?.StartElement) == entered) is { } known)
                return known;
        }

        return null;
    }

    /// <summary>The case with what the line adds; the same when it adds nothing.</summary>
    /// <param name="coach">Whom the line itself names.</param>
    public static EpisodeOfCare With(EpisodeOfCare known, ImportLine line, ResourceReference? coach)
    {
        var episode = known.Clone();
        var phases = CasePhases.Of(known);
        foreach (var phase in line.Case.Extension.Where(one => one.Url == IpsPhase.ExtensionUrl))
            if (CasePhases.Read(phase) is { } read && !phases.Contains(read)) episode.Extension.Add(phase.Clone());
        if (coach is not null && CoachHistory.Of(known).All(one => one.Coach != coach.Reference))
            episode.CareManager = coach.Clone();
        if (line.Entry is not null && CaseEntry.Of(known)?.Code != line.Entry) Take(CaseEntry.ExtensionUrl);
        if (line.Case.GetExtension(CaseEntry.RetentionUrl) is { } retention
            && !retention.DeepEquals(known.GetExtension(CaseEntry.RetentionUrl))) Take(CaseEntry.RetentionUrl);
        if (line.Ending?.IsOf(known) == false) line.Ending.Finish(episode);
        return episode;

        void Take(string url) => episode.SetExtension(url, line.Case.GetExtension(url)!.Value!.Clone());
    }
}
