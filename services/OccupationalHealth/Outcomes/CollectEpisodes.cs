using Fhir;
using Messages;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Triage;
using ServiceKit.Storage;

namespace OccupationalHealth.Outcomes;

/// <summary>Reads the episodes that ended in a period with their measures and visits, each kind once.</summary>
internal sealed class CollectEpisodes(Session session, Access access, Instrument instrument)
{
    public async Task<IReadOnlyList<EpisodeFact>> Ended(DateOnly from, DateOnly to)
    {
        var episodes = (await session.Resources.FindAll<EpisodeOfCare>(access,
                new SearchClause.Token("status", [new TokenValue(null, "finished")]),
                new SearchClause.Token("type", [new TokenValue(Systems.Method, null)])))
            .Where(episode => FinnishTime.DateOf(episode.Period?.EndElement) is { } end && from <= end && end <= to).ToList();
        if (episodes.Count == 0)
            return [];
        var totals = await Totals();
        var visits = await VisitsSince(episodes.Min(episode => FinnishTime.DateOf(episode.Period!.StartElement)), to);
        return [.. episodes.Select(episode => new EpisodeFact(
            Episode.MethodOf(episode)!,
            Episode.RegionOf(episode),
            FinnishTime.DateOf(episode.Period!.EndElement)!.Value,
            Episode.InterruptionOf(episode) is not null,
            Episode.WhatFollowedOf(episode),
            totals.TryGetValue(Episode.MeasureOf(episode, Terms.StartMeasureExtension) ?? "", out var start) ? start : null,
            totals.TryGetValue(Episode.MeasureOf(episode, Terms.EndMeasureExtension) ?? "", out var end) ? end : null,
            visits[episode.Id!].Count(),
            visits[episode.Id!].Count(IsCoded)))];
    }

    private async Task<Dictionary<string, decimal>> Totals() =>
        (await session.Resources.FindAll<Observation>(access, new SearchClause.Token(
            "code", [new TokenValue(instrument.TotalSystem, instrument.TotalCode)])))
        .Where(total => total.Status is not ObservationStatus.EnteredInError && total.Value is Quantity { Value: not null })
        .ToDictionary(total => total.Id!, total => ((Quantity)total.Value!).Value!.Value, StringComparer.Ordinal);

    private async Task<ILookup<string, Procedure>> VisitsSince(DateOnly? first, DateOnly last) =>
        (await session.Resources.FindAll<Procedure>(access,
            new SearchClause.Token("status", [new TokenValue(null, "completed"), new TokenValue(null, "in-progress")]),
            new SearchClause.Date("date", [new DateValue(
                "ap", Micros.From(FinnishTime.EndOf((first ?? last).AddDays(-1))), Micros.From(FinnishTime.EndOf(last)))])))
        .Where(visit => Episode.OfVisit(visit) is not null).ToLookup(visit => Episode.OfVisit(visit)!);

    private static bool IsCoded(Procedure visit) =>
        visit.Code?.Coding.Exists(coding => coding is { System: not null and not Systems.Method, Code: not null }) == true;
}
