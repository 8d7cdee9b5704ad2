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
            .Where(episode => FinnishTime.DateOf(episode.Period?.EndElement) is { } end && from <= end && end <= to)
            .ToList();
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
            TotalOf(episode, Terms.StartMeasureExtension),
            TotalOf(episode, Terms.EndMeasureExtension),
            visits[episode.Id!].Count(),
            visits[episode.Id!].Count(IsCoded)))];

        decimal? TotalOf(EpisodeOfCare episode, string extension) =>
            totals.TryGetValue(Episode.MeasureOf(episode, extension) ?? "", out var total) ? total : null;
    }

    private async Task<Dictionary<string, decimal>> Totals() =>
        (await session.Resources.FindAll<Observation>(access, new SearchClause.Token(
            "code", [new TokenValue(instrument.TotalSystem, instrument.TotalCode)])))
        .Where(total => total is { Status: not ObservationStatus.EnteredInError, Value: Quantity { Value: not null } })
        .ToDictionary(total => total.Id!, total => ((Quantity)total.Value!).Value!.Value, StringComparer.Ordinal);

    private async Task<ILookup<string, Procedure>> VisitsSince(DateOnly? first, DateOnly last) =>
        (await session.Resources.FindAll<Procedure>(access,
            new SearchClause.Token("status", [new TokenValue(null, "completed"), new TokenValue(null, "in-progress")]),
            new SearchClause.Date("date", [new DateValue(
                "ap", Micros.From(FinnishTime.EndOf((first ?? last).AddDays(-1))),
                Micros.From(FinnishTime.EndOf(last)))])))
        .Where(visit => Episode.OfVisit(visit) is not null).ToLookup(visit => Episode.OfVisit(visit)!);

    private static bool IsCoded(Procedure visit) =>
        visit.Code?.Coding.Exists(code => code is { System: not null and not Systems.Method, Code: not null }) == true;
}
