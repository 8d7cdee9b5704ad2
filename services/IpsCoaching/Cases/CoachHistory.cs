using Fhir;
using Messages;

namespace IpsCoaching.Cases;

/// <summary>Which coach had the case from when to when. It is kept here; a sender names the present coach only.</summary>
internal static class CoachHistory
{
    /// <summary>On an EpisodeOfCare, once for each coach: <c>coach</c> and the <c>period</c>.</summary>
    public static readonly string ExtensionUrl = Canonicals.StructureDefinition("ips-coach");

    /// <summary>Carries the history on from the version before, null at the start of a case.</summary>
    public static void Follow(EpisodeOfCare episode, EpisodeOfCare? former, DateOnly today)
    {
        episode.Extension.RemoveAll(extension => extension.Url == ExtensionUrl);
        var coaches = former?.Extension.Where(extension => extension.Url == ExtensionUrl)
            .Select(extension => extension.Clone()).ToList() ?? [];
        if (former?.CareManager?.Reference != episode.CareManager?.Reference)
        {
            if (coaches.LastOrDefault()?.GetExtension("period")?.Value is Period { EndElement: null } period)
                period.EndElement = new FhirDateTime(CaseRule.Day(today));
            if (episode.CareManager is { } coach)
            {
                var extension = new Extension { Url = ExtensionUrl };
                extension.Extension.Add(new Extension("coach", coach.Clone()));
                extension.Extension.Add(new Extension("period", CaseRule.Since(today)));
                coaches.Add(extension);
            }
        }

        episode.Extension.AddRange(coaches);
    }
}
