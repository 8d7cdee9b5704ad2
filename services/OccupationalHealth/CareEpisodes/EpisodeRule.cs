using Fhir;
using Messages;
using Messages.Regions;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;

namespace OccupationalHealth.CareEpisodes;

/// <summary>
/// An episode of one method: when, with which measures at start and end, whether it was interrupted and why, and what
/// followed. Faults of the record are refused; what the method is not meant for is recorded with a warning.
/// </summary>
public sealed class EpisodeRule : IWriteRule<EpisodeOfCare>
{
    public async Task<Refusal?> Check(Write<EpisodeOfCare> write, CancellationToken cancel)
    {
        var (session, access, episode) = (write.Session, write.Access, write.Proposed);
        var today = FinnishTime.DateOf(session.Now);
        var start = FinnishTime.DayOf(episode.Period?.StartElement) ?? today;
        var method = PlacementRules.InForceOn(start).Methods
            .FirstOrDefault(known => known.Code == Episode.MethodOf(episode));
        List<FhirIssue> faults = [.. EpisodeFaults.Of(episode, write.Current, method, start, today)];
        var patient = episode.Patient?.TryGetLocal(out var type, out var id) == true && type == "Patient"
            ? await session.Resources.Get<Patient>(access, id) : null;
        if (patient is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "EpisodeOfCare.patient", "This base has no such Patient."));
        var unit = episode.ManagingOrganization?.TryGetLocal(out type, out id) == true && type == "Organization"
            ? await session.Resources.Get<Organization>(access, id) : null;
        if (unit is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "EpisodeOfCare.managingOrganization",
                "Who gives the care is an Organization of this base."));
        faults.AddRange(await EpisodeFaults.OfMeasures(session, access, episode));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        await session.Lock(access, "EpisodeOfCare", episode.Id!);
        SetRegion(episode, unit!, patient!, start);
        var visits = await Visits.Of(session, access, patient!.Id!, episode.Id!);
        RecordingWarnings.Set(episode, EpisodePolicy.OfEpisode(
            method!, ReadFacts.Age(patient, start), visits.Count,
            episode.Status is EpisodeOfCareStatus.Finished && Episode.InterruptionOf(episode) is null));
        return null;
    }

    // A county that gives the care itself, else where the person lives: so that outcomes can be told by region later
    // on, wherever the person has moved by then.
    private static void SetRegion(EpisodeOfCare episode, Organization unit, Patient patient, DateOnly start)
    {
        var region = unit.Identifier.Find(identifier => identifier.System == Systems.Region)?.Value
            ?? (ReadFacts.Municipality(patient) is { } code ? RegionDirectory.RegionOf(code, start) : null);
        episode.Extension.RemoveAll(extension => extension.Url == Terms.EpisodeRegionExtension);
        if (region is not null)
            episode.SetExtension(Terms.EpisodeRegionExtension, new Coding(Systems.Region, region));
    }
}
