using Messages;
using OccupationalHealth.Placement;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// The numbers of absence and follow-up in force on one day. They come from work-ability-rules.json, where each has the
/// day from which it holds and its source; none stands in code.
/// </summary>
public sealed class WorkAbilityRules
{
    private static readonly Lazy<RulesFile> Shipped = new(() => RuleFiles.Shipped<RulesFile>("work-ability-rules.json"));

    private WorkAbilityRules(RulesFile file, DateOnly date)
    {
        WindowYears = file.WindowYears.InForceOn(date);
        OwnLiabilityWeekdays = file.OwnLiabilityWeekdays.InForceOn(date);
        Checkpoints = file.Checkpoints.InForceOn(date);
        ContactBeforeEnd = file.ContactBeforeEnd.InForceOn(date);
        AccumulatedMonths = file.AccumulatedMonths.InForceOn(date);
        LeastGroup = file.LeastGroup.InForceOn(date);
        TakeUpReferralDays = file.TakeUpReferralDays.InForceOn(date);
    }

    /// <summary>Allowance days are counted within so many years that end with the day asked for.</summary>
    public int WindowYears { get; }

    /// <summary>Weekdays after the onset day for which Kela does not pay yet.</summary>
    public IReadOnlyDictionary<Insurance, int> OwnLiabilityWeekdays { get; }

    public IReadOnlyList<CheckpointRule> Checkpoints { get; }

    public ContactRule ContactBeforeEnd { get; }

    /// <summary>Where the parties count separate absences together for the 30 days: within so many months.</summary>
    public int AccumulatedMonths { get; }

    /// <summary>Nothing is told of fewer people than this, of whom it is not known who they are.</summary>
    public int LeastGroup { get; }

    /// <summary>Days until a region's referral that nobody has taken up is escalated.</summary>
    public int TakeUpReferralDays { get; }

    public static WorkAbilityRules InForceOn(DateOnly date) => new(Shipped.Value, date);

    private sealed record RulesFile(
        string Version,
        IReadOnlyList<Dated<int>> WindowYears,
        IReadOnlyList<Dated<IReadOnlyDictionary<Insurance, int>>> OwnLiabilityWeekdays,
        IReadOnlyList<Dated<IReadOnlyList<CheckpointRule>>> Checkpoints,
        IReadOnlyList<Dated<ContactRule>> ContactBeforeEnd,
        IReadOnlyList<Dated<int>> AccumulatedMonths,
        IReadOnlyList<Dated<int>> LeastGroup,
        IReadOnlyList<Dated<int>> TakeUpReferralDays);
}

/// <summary>By what the worker is insured for sickness allowance.</summary>
public enum Insurance { Employee, SelfEmployed }

public enum DayCount { Calendar, Allowance }

/// <summary>Who takes part in a checkpoint. Nobody is named by more than this.</summary>
public enum Party { Employer, Employee, OccupationalHealth, Kela }

/// <param name="Code">As it stands on the Task.</param>
/// <param name="Days">It is due on the day on which so many are full.</param>
/// <param name="Count">Which days are counted.</param>
/// <param name="Parties">Who takes part.</param>
/// <param name="LeadDays">It is opened so many counted days earlier.</param>
/// <param name="Partial">Whether days of partial allowance count.</param>
/// <param name="IfNeeded">It is a proposal, which nobody has to act on.</param>
/// <param name="SelfEmployed">Whether it concerns the self-employed too.</param>
public sealed record CheckpointRule(
    string Code, int Days, DayCount Count, IReadOnlyList<Party> Parties, int LeadDays = 0, bool Partial = false,
    bool IfNeeded = false, bool SelfEmployed = true);

/// <param name="LeadDays">The contact is due so many days before the absence ends.</param>
/// <param name="LeastDays">Shorter absences need none.</param>
public sealed record ContactRule(int LeadDays, int LeastDays);
