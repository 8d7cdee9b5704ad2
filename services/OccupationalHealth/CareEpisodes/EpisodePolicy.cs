using OccupationalHealth.Placement;

namespace OccupationalHealth.CareEpisodes;

/// <summary>What is out of the ordinary in an episode of a method. No I/O, no clock.</summary>
public static class EpisodePolicy
{
    /// <param name="age">Whole years when it began; null is not known.</param>
    /// <param name="visits">Visits that were made.</param>
    /// <param name="completed">It was carried through to its end.</param>
    public static IReadOnlyList<string> OfEpisode(MethodRule method, int? age, int visits, bool completed)
    {
        List<string> warnings = [];
        if (!method.IsForAge(age)) warnings.Add(RecordingWarnings.AgeOutside);
        if (visits > method.MaxVisits) warnings.Add(RecordingWarnings.BeyondVisits);
        if (completed && visits < method.MinVisits) warnings.Add(RecordingWarnings.FewVisits);
        return warnings;
    }

    /// <param name="number">1 for the first visit of the episode.</param>
    /// <param name="code">The national code that the visit was sent with; null for none.</param>
    /// <param name="expected">The code that the mapping file has for the day; null for none.</param>
    public static IReadOnlyList<string> OfVisit(MethodRule method, int? number, string? code, string? expected)
    {
        List<string> warnings = [];
        if (number > method.MaxVisits) warnings.Add(RecordingWarnings.BeyondVisits);
        if (code is not null && expected is not null && code != expected) warnings.Add(RecordingWarnings.CodeDiffers);
        return warnings;
    }
}
