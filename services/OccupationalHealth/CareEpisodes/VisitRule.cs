using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;

namespace OccupationalHealth.CareEpisodes;

/// <summary>
/// A visit counts against a quota only when person, method and time are told. Where it belongs to an episode, it is
/// that person's and that method's; a visit beyond the method's number is recorded with a warning. The national
/// procedure code is added where the mapping file has one.
/// </summary>
public sealed class VisitRule(ProcedureCodes codes) : IWriteRule<Procedure>
{
    public async Task<Refusal?> Check(Write<Procedure> write, CancellationToken cancel)
    {
        var visit = write.Proposed;
        List<FhirIssue> faults = [];
        if (visit.Subject is null || !visit.Subject.TryGetLocal(out var type, out var id) || type != "Patient"
            || await write.Session.Resources.Get<Patient>(write.Access, id) is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "Procedure.subject", "This base has no such Patient."));
        if (Visits.MethodOf(visit) is null)
            faults.Add(Refusal.Issue(
                IssueType.Required, "Procedure.code", $"A visit names its method, a code of {Systems.Method}."));
        if (visit.Performed is not (FhirDateTime or Period))
            faults.Add(Refusal.Issue(
                IssueType.Required, "Procedure.performed", "A visit tells when it was, as dateTime or Period."));
        var episode = await EpisodeOf(write);
        if (visit.GetExtension(Terms.EpisodeExtension) is not null)
            faults.AddRange(FaultsOf(visit, episode));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);
        await Complete(write, episode);
        return null;
    }

    private static async Task<EpisodeOfCare?> EpisodeOf(Write<Procedure> write)
    {
        if (Episode.OfVisit(write.Proposed) is not { } id)
            return null;
        // Two visits at once: the second is counted after the first.
        await write.Session.Lock(write.Access, "EpisodeOfCare", id);
        return await write.Session.Resources.Get<EpisodeOfCare>(write.Access, id);
    }

    private static IEnumerable<FhirIssue> FaultsOf(Procedure visit, EpisodeOfCare? episode)
    {
        const string path = $"Procedure.extension('{Terms.EpisodeExtension}')";
        if (episode is null || episode.Status is EpisodeOfCareStatus.EnteredInError)
        {
            yield return Refusal.Issue(IssueType.NotFound, path, "This base has no such EpisodeOfCare.");
            yield break;
        }

        if (episode.Patient?.Reference != visit.Subject?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, path, "The episode is of another person.");
        if (Visits.MethodOf(visit) is { } method && method != Episode.MethodOf(episode))
            yield return Refusal.Issue(IssueType.BusinessRule, path, "The episode is of another method.");
        if (Visits.DayOf(visit) is { } day && (day < FinnishTime.DateOf(episode.Period?.StartElement)
            || day > FinnishTime.LastDateOf(episode.Period?.EndElement)))
            yield return Refusal.Issue(IssueType.BusinessRule, path, "The visit is outside of the episode.");
    }

    private async Task Complete(Write<Procedure> write, EpisodeOfCare? episode)
    {
        var visit = write.Proposed;
        var day = Visits.DayOf(visit) ?? FinnishTime.DateOf(write.Session.Now);
        var method = PlacementRules.InForceOn(day).Method(Visits.MethodOf(visit)!);
        var expected = codes.CodeOf(method.Code, day);
        var sent = visit.Code!.Coding.Find(coding => codes.System is not null && coding.System == codes.System)?.Code;
        if (sent is null && expected is not null)
            visit.Code.Coding.Add(new Coding(codes.System, expected));
        int? number = episode is null ? null : (await Visits.Of(
            write.Session, write.Access, Visits.PatientOf(visit), episode.Id!))
            .Count(other => other.Id != visit.Id && (write.Current is null || Visits.DayOf(other) < day)) + 1;
        RecordingWarnings.Set(visit, EpisodePolicy.OfVisit(method, number, sent, expected));
    }
}
