using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Storage;

namespace IpsCoaching.Career;

/// <summary>
/// What a client wishes of work, one Goal for each wish: <c>category</c> what it is about (codes of ours),
/// <c>description</c> in words, with the occupation as a coding (ISCO-08) where the kind of work has one,
/// <c>startDate</c> since when, <c>expressedBy</c> the coach who wrote it down. A wish that changes ends and a new one
/// begins.
/// </summary>
internal static class WorkPreference
{
    public const string Kind = "work-kind", Hours = "hours", Place = "place", Pay = "pay", Avoid = "avoid";

    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-preference");

    public static IReadOnlyList<TranslatedName> Abouts { get; } =
    [
        new(Kind, "Työn laji", "Typ av arbete", "Kind of work"), new(Hours, "Työaika", "Arbetstid", "Hours"),
        new(Place, "Paikka", "Plats", "Place"), new(Pay, "Palkka", "Lön", "Pay"),
        new(Avoid, "Mitä halutaan välttää", "Vad som ska undvikas", "What to avoid"),
    ];

    public static string? AboutOf(Goal goal)
    {
        var codes = goal.Category.SelectMany(category => category.Coding)
            .Where(coding => coding.System == SystemUrl).Select(coding => coding.Code).ToList();
        return codes is [{ } code] && Abouts.Any(about => about.Code == code) ? code : null;
    }

    /// <summary>The first day of a wish.</summary>
    public static DateOnly? SinceOf(Goal goal) => (goal.Start as Date)?.ToDateOnly();

    /// <summary>A person's wishes that were not entered in error.</summary>
    public static async Task<IReadOnlyList<Goal>> Of(Session session, Access access, string person) =>
        [.. (await session.Resources.FindByReference<Goal>(access, "patient", "Patient", person))
            .Where(IsValid)];

    /// <summary>Whether it is a wish about work and was not entered in error.</summary>
    public static bool IsValid(Goal goal) =>
        AboutOf(goal) is not null && goal.LifecycleStatus is not GoalLifecycleStatus.EnteredInError;

    /// <summary>The day on which a wish ended; null while it holds.</summary>
    public static DateOnly? UntilOf(Goal goal) =>
        goal.LifecycleStatus is GoalLifecycleStatus.Active ? null : goal.StatusDateElement?.ToDateOnly();
}
