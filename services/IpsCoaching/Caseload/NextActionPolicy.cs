using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;

namespace IpsCoaching.Caseload;

/// <summary>A job as far as the coach's list cares.</summary>
/// <param name="Known">Since when it is known: when it was agreed, or its first day.</param>
/// <param name="HasProfile">Whether the career profile was updated after it.</param>
public sealed record ListedJob(DateOnly Known, DateOnly Start, DateOnly? End, bool HasProfile);

/// <summary>What the coach's list needs to know of an open case.</summary>
/// <param name="HasProfile">Whether there is a career profile from the time of the case.</param>
/// <param name="Asked">When the client was asked last what employers may be told.</param>
/// <param name="HasEmployerContact">Whether an employer was contacted for the client.</param>
/// <param name="Contacts">The contacts with the client that are due, now or later, and were not made yet.</param>
public sealed record ListedCase(
    DateOnly Entered, bool HasProfile, DateOnly? Asked, bool HasEmployerContact, IReadOnlyList<ListedJob> Jobs,
    IReadOnlyList<DueContact> Contacts);

/// <summary>Something that a coach has to do.</summary>
/// <param name="Kind">A code of <see cref="NextActions"/> or of <see cref="FollowAlongKinds"/>.</param>
/// <param name="Due">The last day of doing it in time.</param>
public sealed record NextAction(string Kind, DateOnly Due);

/// <summary>What is to be done next in a case, the most urgent first. Pure.</summary>
public static class NextActionPolicy
{
    public static IReadOnlyList<NextAction> Of(ListedCase one, CaseloadRule rule, DateOnly today) =>
        [.. Recorded(one, rule).Concat(Contacts(one, today)).OrderBy(action => action.Due)];

    private static IEnumerable<NextAction> Recorded(ListedCase one, CaseloadRule rule)
    {
        yield return new NextAction(NextActions.AskDisclosure, AskBy(one, rule));
        if (!one.HasProfile)
            yield return new NextAction(NextActions.FirstProfile, one.Entered.AddDays(rule.FirstProfileDays));
        if (!one.HasEmployerContact && one.Jobs.Count == 0)
            yield return new NextAction(
                NextActions.FirstEmployerContact, one.Entered.AddDays(rule.FirstEmployerContactDays));
        foreach (var job in one.Jobs.Where(job => job.End is not null && !job.HasProfile))
            yield return new NextAction(NextActions.ProfileAfterJob, job.End!.Value.AddDays(rule.ProfileAfterJobDays));
    }

    // Asked at once when nobody has; again after so many days, and at each new job even if that is sooner.
    private static DateOnly AskBy(ListedCase one, CaseloadRule rule)
    {
        if (one.Asked is not { } asked) return one.Entered;
        var starts = one.Jobs.Where(job => job.Known > asked).Select(job => job.Start);
        return starts.Append(asked.AddDays(rule.AskDisclosureDays)).Min();
    }

    // A year of contacts would hide everything else: those of today, and the next one.
    private static IEnumerable<NextAction> Contacts(ListedCase one, DateOnly today)
    {
        var ordered = one.Contacts.OrderBy(contact => contact.To).ToList();
        return ordered.Where(contact => contact.From <= today)
            .Concat(ordered.Where(contact => contact.From > today).Take(1))
            .Select(contact => new NextAction(contact.Kind, contact.To));
    }
}

/// <summary>What is to be done in a case beside the contacts that follow a job. The codes are ours.</summary>
public static class NextActions
{
    public const string AskDisclosure = "ask-disclosure", FirstProfile = "first-profile",
        ProfileAfterJob = "profile-after-job", FirstEmployerContact = "first-employer-contact";

    public static readonly string SystemUrl = Messages.Canonicals.CodeSystem("ips-next-action");

    public static IReadOnlyList<TranslatedName> All { get; } =
    [
        new(AskDisclosure, "Kysy, mitä työnantajille saa kertoa", "Fråga vad som får berättas för arbetsgivare",
            "Ask what employers may be told"),
        new(FirstProfile, "Tee ammatillinen profiili", "Gör yrkesprofilen", "Make the career profile"),
        new(ProfileAfterJob, "Päivitä profiili työn jälkeen", "Uppdatera profilen efter arbetet",
            "Update the profile after the job"),
        new(FirstEmployerContact, "Ota ensimmäinen yhteys työnantajaan", "Ta den första kontakten med en arbetsgivare",
            "Make the first contact with an employer"),
    ];
}
