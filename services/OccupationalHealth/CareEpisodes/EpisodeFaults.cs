using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.CareEpisodes;

/// <summary>Everything that keeps an episode from being recorded.</summary>
internal static class EpisodeFaults
{
    private const string Path = "EpisodeOfCare";

    public static IEnumerable<FhirIssue> Of(
        EpisodeOfCare episode, EpisodeOfCare? current, MethodRule? method, DateOnly start, DateOnly today)
    {
        if (method is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, $"{Path}.type",
                $"One method of {Systems.Method}: "
                + $"{string.Join(", ", PlacementRules.InForceOn(start).Methods.Select(known => known.Code))}.");
        if (episode.Status is not (EpisodeOfCareStatus.Planned or EpisodeOfCareStatus.Active
            or EpisodeOfCareStatus.Onhold or EpisodeOfCareStatus.Finished or EpisodeOfCareStatus.EnteredInError))
            yield return Refusal.Issue(IssueType.Value, $"{Path}.status",
                "planned, active, onhold, finished or entered-in-error; one that was interrupted is finished, with "
                + "its reason.");
        foreach (var fault in OfPeriod(episode, start, today).Concat(OfEnd(episode)).Concat(OfChange(episode, current)))
            yield return fault;
    }

    public static async Task<IReadOnlyList<FhirIssue>> OfMeasures(Session session, Access access, EpisodeOfCare episode)
    {
        List<FhirIssue> faults = [];
        foreach (var url in new[] { Terms.StartMeasureExtension, Terms.EndMeasureExtension })
        {
            if (episode.GetExtension(url) is null)
                continue;
            var measure = Episode.MeasureOf(episode, url) is { } id
                ? await session.Resources.Get<Observation>(access, id) : null;
            if (measure is null || measure.Subject?.Reference != episode.Patient?.Reference
                || measure.Status is not (ObservationStatus.Final or ObservationStatus.Amended)
                || measure.Code?.Coding.Exists(c => Instruments.OfTotal(c.System, c.Code) is not null) != true
                || measure.Value is not Quantity { Value: not null })
                faults.Add(Refusal.Issue(IssueType.NotFound, $"{Path}.extension('{url}')",
                    "A measure is a total of an instrument of the same person: an Observation of this base."));
        }

        return faults;
    }

    private static IEnumerable<FhirIssue> OfPeriod(EpisodeOfCare episode, DateOnly start, DateOnly today)
    {
        var end = FinnishTime.DayOf(episode.Period?.EndElement);
        if (episode.Status is not EpisodeOfCareStatus.Planned
            && FinnishTime.DayOf(episode.Period?.StartElement) is null)
            yield return Refusal.Issue(IssueType.Required, $"{Path}.period.start", "The day on which it began.");
        else if (episode.Status is not EpisodeOfCareStatus.Planned && start > today)
            yield return Refusal.Issue(IssueType.Value, $"{Path}.period.start", "What begins later is planned.");
        if (episode.Status is EpisodeOfCareStatus.Finished && end is null)
            yield return Refusal.Issue(IssueType.Required, $"{Path}.period.end", "The day on which it ended.");
        if (end < start || (episode.Status is EpisodeOfCareStatus.Finished && end > today))
            yield return Refusal.Issue(
                IssueType.Value, $"{Path}.period.end", "Not before its start, and no day to come.");
    }

    private static IEnumerable<FhirIssue> OfEnd(EpisodeOfCare episode)
    {
        foreach (var (url, isKnown, words) in new[]
        {
            (Terms.InterruptionExtension, Episode.InterruptionOf(episode) is not null, Words<InterruptionReason>()),
            (Terms.WhatFollowedExtension, Episode.WhatFollowedOf(episode) is not null, Words<WhatFollowed>()),
        })
        {
            if (episode.GetExtension(url) is null)
                continue;
            if (!isKnown)
                yield return Refusal.Issue(IssueType.CodeInvalid, $"{Path}.extension('{url}')", $"One of {words}.");
            if (episode.Status is not EpisodeOfCareStatus.Finished)
                yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.extension('{url}')",
                    "It is told when the episode is finished.");
        }
    }

    private static IEnumerable<FhirIssue> OfChange(EpisodeOfCare episode, EpisodeOfCare? current)
    {
        if (current is null)
            yield break;
        if (current.Status is EpisodeOfCareStatus.EnteredInError)
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.status", "What was withdrawn stays so.");
        if (current.Patient?.Reference != episode.Patient?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.patient", "The person stays the same.");
        if (Episode.MethodOf(current) != Episode.MethodOf(episode))
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.type", "Another method is another episode.");
    }

    private static string Words<T>() where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(value => value.Code()));
}
