using Fhir;
using IpsCoaching.Cases;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.EmployerContacts;

/// <summary>A contact with the client that is due; both days are included.</summary>
/// <param name="Kind">A code of <see cref="FollowAlongKinds"/>.</param>
public sealed record DueContact(string Kind, DateOnly From, DateOnly To);

/// <summary>When contacts are due around a job, and whether they were made. Pure.</summary>
public static class FollowAlongPolicy
{
    /// <summary>The contacts that a job calls for. Source: IPS-25 item 23.</summary>
    public static IReadOnlyList<DueContact> Plan(DateOnly start, FollowAlongRule rule)
    {
        List<DueContact> plan =
        [
            new(FollowAlongKinds.BeforeStart, start.AddDays(-rule.DaysBeforeStart), start.AddDays(-1)),
            new(FollowAlongKinds.AfterStart, start, start.AddDays(rule.DaysAfterStart)),
        ];
        for (var week = start; week.AddDays(7) <= start.AddMonths(rule.WeeklyMonths); week = week.AddDays(7))
            plan.Add(new DueContact(FollowAlongKinds.Weekly, week, week.AddDays(6)));
        for (var month = rule.WeeklyMonths; month < rule.Months; month++)
            plan.Add(new DueContact(
                FollowAlongKinds.Monthly, start.AddMonths(month), start.AddMonths(month + 1).AddDays(-1)));
        return plan;
    }

    /// <summary>
    /// How it stands with a due contact. A contact in its days counts, however late it is written down.
    /// </summary>
    /// <param name="contacts">The days on which the client was met.</param>
    /// <param name="lastDay">The last day of the job or the case, whichever is earlier; null while both go on.</param>
    public static TaskStatus StatusOf(DueContact due, IEnumerable<DateOnly> contacts, DateOnly? lastDay, DateOnly today)
    {
        // What begins after the last day is due no more, whatever the client is met for then.
        if (due.From > lastDay) return TaskStatus.Cancelled;
        if (contacts.Any(day => due.From <= day && day <= due.To)) return TaskStatus.Completed;
        return due.To < today ? TaskStatus.Failed : TaskStatus.Requested;
    }
}

/// <summary>Kinds of due contacts. The codes are ours.</summary>
public static class FollowAlongKinds
{
    public const string BeforeStart = "before-start", AfterStart = "after-start", Weekly = "weekly",
        Monthly = "monthly";

    public static readonly string SystemUrl = Messages.Canonicals.CodeSystem("ips-follow-along");

    public static IReadOnlyList<TranslatedName> All { get; } =
    [
        new(BeforeStart, "Yhteydenotto ennen työn alkua", "Kontakt innan arbetet börjar",
            "Contact before the job starts"),
        new(AfterStart, "Yhteydenotto heti työn alettua", "Kontakt genast när arbetet har börjat",
            "Contact right after the job has started"),
        new(Weekly, "Viikoittainen yhteydenotto", "Veckokontakt", "Weekly contact"),
        new(Monthly, "Kuukausittainen yhteydenotto", "Månadskontakt", "Monthly contact"),
    ];

    internal static TranslatedName Missed { get; } = new(
        "missed", "Yhteydenotto jäi tekemättä", "Kontakten uteblev", "The contact was missed");

    internal static CodeableConcept ToConcept(this TranslatedName name) =>
        new() { Coding = [name.ToCoding(SystemUrl)] };
}
