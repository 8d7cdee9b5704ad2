using Fhir;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Cases;

/// <summary>
/// The phases that a case went through, in the order in which they began; after a job was lost one comes again. Their
/// ends are kept here: each ends on the day before the next one, or with the case.
/// </summary>
internal static class CasePhases
{
    public static IReadOnlyList<(string Code, DateOnly Start)> Of(EpisodeOfCare episode) =>
        [.. All(episode).Select(Read).OfType<(string, DateOnly)>()];

    /// <summary>One phase of a case; null where it is none.</summary>
    public static (string Code, DateOnly Start)? Read(Extension phase) =>
        CodeOf(phase) is { } code && StartOf(phase) is { } start ? (code, start) : null;

    public static IEnumerable<FhirIssue> Faults(EpisodeOfCare episode, DateOnly today)
    {
        if (All(episode).FirstOrDefault() is not { } first || CodeOf(first) != IpsPhase.Agreement.Code)
            yield return Refusal.Issue(IssueType.Required, "EpisodeOfCare.extension('ips-phase')",
                $"The first phase is {IpsPhase.Agreement.Code}.");
        var last = FinnishTime.LastDateOf(episode.Period?.EndElement) is { } end && end < today ? end : today;
        (string? Code, DateOnly? Start) former = (null, FinnishTime.DateOf(episode.Period?.StartElement));
        for (var i = 0; i < episode.Extension.Count; i++)
        {
            var phase = episode.Extension[i];
            if (phase.Url != IpsPhase.ExtensionUrl) continue;
            var path = $"EpisodeOfCare.extension[{i}]";
            if (CodeOf(phase) is not { } code)
                yield return Refusal.Issue(IssueType.CodeInvalid, path + ".extension('phase')",
                    $"The phase is one of {string.Join(", ", IpsPhase.All.Select(one => one.Code))} of "
                    + $"{IpsPhase.SystemUrl}.");
            else if (code == former.Code && !Endings(episode).Any(day => former.Start <= day && day <= StartOf(phase)))
                yield return Refusal.Issue(IssueType.BusinessRule, path + ".extension('phase')",
                    "It is the same phase as the one before.");
            if (StartOf(phase) is not { } start)
                yield return Refusal.Issue(IssueType.Required, path + ".extension('period')",
                    "The phase has the day on which it began.");
            else if (start > last)
                yield return Refusal.Issue(IssueType.Value, path + ".extension('period')",
                    "A phase begins neither in the future nor after the case has ended.");
            else if (start < former.Start)
                yield return Refusal.Issue(IssueType.Value, path + ".extension('period')",
                    "A phase begins neither before the case nor before the phase that stands in front of it.");
            former = (CodeOf(phase), StartOf(phase) ?? former.Start);
        }
    }

    /// <summary>Sets the ends. Needs a case without faults, whose status history tells when it was finished.</summary>
    public static void Close(EpisodeOfCare episode)
    {
        var phases = All(episode).ToList();
        var endings = Endings(episode).Append(FinnishTime.LastDateOf(episode.Period?.EndElement))
            .OfType<DateOnly>().ToList();
        for (var i = 0; i < phases.Count; i++)
        {
            var start = StartOf(phases[i])!.Value;
            var next = i + 1 < phases.Count ? StartOf(phases[i + 1]) : null;
            var ending = endings.Where(day => day >= start && (next is null || day < next)).Order().ToList();
            DateOnly? end = ending is [var day, ..] ? day : next?.AddDays(-1);
            if (end < start) end = start;
            PeriodOf(phases[i])!.EndElement = end is { } last ? new FhirDateTime(last.ToString("O")) : null;
        }
    }

    private static IEnumerable<Extension> All(EpisodeOfCare episode) =>
        episode.Extension.Where(extension => extension.Url == IpsPhase.ExtensionUrl);

    // The days on which the case ended and was opened again later.
    private static IEnumerable<DateOnly?> Endings(EpisodeOfCare episode) =>
        episode.StatusHistory.Where(was => was.Status is EpisodeOfCareStatus.Finished)
            .Select(was => FinnishTime.DateOf(was.Period?.StartElement));

    private static string? CodeOf(Extension phase) =>
        phase.GetExtension("phase")?.Value is Coding coding && coding.System == IpsPhase.SystemUrl
        && IpsPhase.All.Any(known => known.Code == coding.Code)
            ? coding.Code
            : null;

    private static Period? PeriodOf(Extension phase) => phase.GetExtension("period")?.Value as Period;

    private static DateOnly? StartOf(Extension phase) => FinnishTime.DayOf(PeriodOf(phase)?.StartElement);
}
