using Fhir;
using Messages;

namespace IpsCoaching.Cases;

/// <summary>Which coach had the case from when to when. It is kept here; senders name the present one only.</summary>
internal static class CoachHistory
{
    /// <summary>On an EpisodeOfCare, once for each coach: <c>coach</c> and the <c>period</c>.</summary>
    public static readonly string ExtensionUrl = Canonicals.StructureDefinition("ips-coach");

    /// <summary>Carries the history on from the version before, null at the start of a case, to a day.</summary>
    public static void Follow(EpisodeOfCare episode, EpisodeOfCare? former, DateOnly day)
    {
        episode.Extension.RemoveAll(extension => extension.Url == ExtensionUrl);
        var coaches = former?.Extension.Where(extension => extension.Url == ExtensionUrl)
            .Select(extension => extension.Clone()).ToList() ?? [];
        if (former?.CareManager?.Reference != episode.CareManager?.Reference)
        {
            if (coaches.LastOrDefault()?.GetExtension("period")?.Value is Period { EndElement: null } period)
                period.EndElement = new FhirDateTime(CaseRule.Day(day));
            if (episode.CareManager is { } coach)
            {
                var extension = new Extension { Url = ExtensionUrl };
                extension.Extension.Add(new Extension("coach", coach.Clone()));
                extension.Extension.Add(new Extension("period", CaseRule.Since(day)));
                coaches.Add(extension);
            }
        }

        episode.Extension.AddRange(coaches);
    }

    /// <summary>Who had the case from when to when; a day on which it went over counts for both.</summary>
    public static IEnumerable<(string Coach, DateOnly Since, DateOnly? Until)> Of(EpisodeOfCare episode) =>
        from extension in episode.Extension
        where extension.Url == ExtensionUrl
        let coach = extension.GetExtension("coach")?.Value as ResourceReference
        let period = extension.GetExtension("period")?.Value as Period
        where coach?.Reference is not null && period?.StartElement is not null
        select (coach.Reference!, FinnishTime.DateOf(period.StartElement)!.Value,
            FinnishTime.LastDateOf(period.EndElement));
}
