namespace OccupationalHealth.Placement;

/// <summary>
/// A clinician places otherwise than the policy. Every objection to that place has to be answered. The worker's own
/// choice of the region is a fact and no override, and neither it nor an emergency can be overridden.
/// </summary>
/// <param name="Place">Where care is to be given instead.</param>
/// <param name="Answers">By code of the reason that is answered, in the clinician's words; never an empty text.</param>
public sealed record PlacementOverride(CarePlace Place, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>The decision with care in the other place, or the reasons that keep it from being made.</summary>
    public (PlacementDecision? Decision, IReadOnlyList<Reason> Unanswered) Of(
        PlacementDecision decision, PlacementRules rules)
    {
        if (decision.Facts.Emergency)
            return (null, [Reasons.Emergency]);
        var isAgainstWorker = decision.Facts.WorkerChoosesRegion && Place is CarePlace.OccupationalHealth;
        if (isAgainstWorker)
            return (null, [Reasons.WorkerChoseOtherwise]);

        var target = decision.Alternatives.Where(option => option.Place == Place)
            .MinBy(option => Unanswered(option).Count);
        if (target is null)
            return (null, [Reasons.NoSuchPlace]);
        if (Unanswered(target) is { Count: > 0 } unanswered)
            return (null, unanswered);

        var chosen = target with
        {
            IsOpen = true,
            Reasons = [.. target.Reasons, Reasons.OverriddenByClinician.At(target.Place, target.ContractId)],
        };
        var others = decision.Alternatives.Where(option => option != target).Prepend(decision.Chosen);
        return (new PlacementDecision
        {
            Need = decision.Need,
            Chosen = Deadlines.Warn(chosen, decision.Facts, rules),
            Alternatives = [.. others],
            Missing = decision.Missing,
            Facts = decision.Facts,
            Contracts = decision.Contracts,
            Offer = decision.Offer,
            Rules = rules,
            Overridden = decision.Chosen,
        }, []);
    }

    // Where nothing stands against the place, the clinician still says why.
    private IReadOnlyList<Reason> Unanswered(CareOption option)
    {
        var objections = option.Reasons.Where(reason => !reason.For).ToList();
        return objections.Count == 0 && Answers.Count == 0
            ? [Reasons.OverriddenByClinician]
            : [.. objections.Where(reason => !Answers.ContainsKey(reason.Code))];
    }
}
