namespace OccupationalHealth.Placement;

/// <summary>
/// How much help is needed, by the four-level model: 1 the workplace, 2 strain or symptoms, 3 a disorder that needs
/// treatment, 4 such a disorder prolonged. The clinician's judgement outranks every score.
/// </summary>
internal static class FourLevels
{
    public static Need NeedOf(PlacementFacts facts, PlacementRules rules)
    {
        var band = rules.WorstBand(facts.Scores);
        var signs = SignsOfProlongedDisorder.In(facts, rules);
        var (level, why) = LevelOf(facts, band, signs, rules);
        var outranked = facts is { Severity: null, Level: not null } && band?.Severity >= rules.SpecialisedCareFrom;
        var severity = facts.Severity ?? (outranked ? null : band?.Severity);
        return new Need(
            level,
            severity,
            severity >= rules.SpecialisedCareFrom,
            UrgencyOf(facts),
            Later.Of((why, signs, level, outranked, facts, rules), static from => WhyOf(
                from.why, from.signs, from.level, from.outranked, from.facts, from.rules)));
    }

    private static IEnumerable<Reason> WhyOf(
        Reason why, SignsOfProlongedDisorder signs, CareLevel? level, bool outranked, PlacementFacts facts,
        PlacementRules rules)
    {
        yield return why;
        foreach (var sign in signs.Told(rules))
            yield return sign with { For = level is CareLevel.Level4 };
        if (outranked)
            yield return Reasons.ScoreOutranked;
        if (facts.SafetyFlag)
            yield return Reasons.SafetyFlagRaisesUrgency;
        // The rest moves neither level nor place; whoever meets the person has to know it.
        if (facts.NeedsInterpreter is true)
            yield return Reasons.InterpreterNeeded;
        if (facts.InitiatedBy is Initiator.Employer)
            yield return Reasons.EmployerLearnsOfAttendanceOnly;
        if (facts.Age < rules.AdultAge)
            yield return facts.MinorForbidsInforming ? Reasons.GuardiansNotInformed : Reasons.GuardiansInformed;
    }

    private static (CareLevel?, Reason) LevelOf(
        PlacementFacts facts, ScoreBand? band, SignsOfProlongedDisorder signs, PlacementRules rules)
    {
        if (facts.Level is { } judged)
            return (judged, Reasons.LevelByClinician);

        var (level, why) = LevelBeforeTime(facts, band, signs, rules);
        return level is CareLevel.Level3 && signs.Any ? (CareLevel.Level4, Reasons.LevelProlonged) : (level, why);
    }

    private static (CareLevel?, Reason) LevelBeforeTime(
        PlacementFacts facts, ScoreBand? band, SignsOfProlongedDisorder signs, PlacementRules rules)
    {
        if (facts.Disorder is { } disorder)
            return disorder
                ? (CareLevel.Level3, Reasons.LevelByDisorder)
                : (CareLevel.Level2, Reasons.LevelWithoutDisorder);

        if (signs.PresupposeDisorder)
            return (CareLevel.Level3, Reasons.LevelByDisorder);

        if (facts.Severity is { } severity)
            return (rules.LevelOf(severity), Reasons.LevelBySeverity);

        return band is null ? (null, Reasons.LevelUnknown) : (band.Level, Reasons.LevelByScore);
    }

    private static Urgency UrgencyOf(PlacementFacts facts)
    {
        var least = facts.Emergency ? Urgency.Stat
            : facts.AcuteCrisis || facts.SafetyFlag ? Urgency.Asap
            : Urgency.Routine;
        return least > facts.UrgencyAskedFor ? least : facts.UrgencyAskedFor;
    }

    // Any one of them makes a disorder prolonged.
    private readonly record struct SignsOfProlongedDisorder(bool Months, bool AllowanceDays, bool Relapse)
    {
        public bool Any => Months || AllowanceDays || Relapse;

        // Months of symptoms do not.
        public bool PresupposeDisorder => AllowanceDays || Relapse;

        // Symptoms that last count until care is known to have helped.
        public static SignsOfProlongedDisorder In(PlacementFacts facts, PlacementRules rules) => new(
            facts.SymptomMonths >= rules.ProlongedMonths && facts.EarlierResponse is not EarlierResponse.Good,
            facts.AllowanceDays >= rules.ProlongedAllowanceDays,
            facts.Recurrence is true);

        public IEnumerable<Reason> Told(PlacementRules rules)
        {
            if (Months)
                yield return Reasons.ProlongedSymptoms.Counting(rules.ProlongedMonths);
            if (AllowanceDays)
                yield return Reasons.ManyAllowanceDays.Counting(rules.ProlongedAllowanceDays);
            if (Relapse)
                yield return Reasons.Recurrence;
        }
    }
}

/// <param name="Level">Null when nothing told it.</param>
/// <param name="Severity">The clinician's, else that of the score's band, unless that is outranked.</param>
/// <param name="AsksForSpecialisedCare">Severity that the specialised unit has to treat.</param>
/// <param name="Urgency">Never below what was asked for.</param>
/// <param name="Reasons">Never empty.</param>
public sealed record Need(
    CareLevel? Level,
    Severity? Severity,
    bool AsksForSpecialisedCare,
    Urgency Urgency,
    IReadOnlyList<Reason> Reasons);
