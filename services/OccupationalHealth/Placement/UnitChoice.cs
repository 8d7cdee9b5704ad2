namespace OccupationalHealth.Placement;

/// <summary>
/// Finds the unit of a place in the catalogue. Capacity changes when care begins and what bridges the wait; it never
/// changes the place, who is responsible or by when.
/// </summary>
internal readonly struct UnitChoice(
    PlacementFacts facts, IReadOnlyList<ContractScope> contracts, RegionOffer offer, PlacementRules rules)
{
    public CareOption Arrange(CareOption option)
    {
        OfferedUnit? first = null;
        var isListed = false;
        for (var i = 0; i < offer.Units.Count; i++)
        {
            var unit = offer.Units[i];
            if (unit.Place != option.Place || !IsOfProvider(unit, option))
                continue;
            isListed = true;
            if (unit.Takes(facts, option.Method) && (first is null || IsBefore(unit, first)))
                first = unit;
        }

        return isListed ? In(first, option) : option;
    }

    // The one with capacity, else the one where the wait is shortest; of equals the first in the catalogue.
    private static bool IsBefore(OfferedUnit unit, OfferedUnit other) => unit.Capacity != other.Capacity
        ? unit.Capacity < other.Capacity
        : unit.WaitingDays < other.WaitingDays;

    private CareOption In(OfferedUnit? unit, CareOption option)
    {
        if (unit is null)
            return option with
            {
                Reasons = Later.Of((choice: this, option), static from => from.choice.WhyNone(from.option)),
            };

        var waits = !StartsToday(option) && unit.Capacity is not Capacity.Available;
        var bridge = waits ? Bridge(option) : null;
        return option with
        {
            Unit = unit.Id,
            ExpectedStart = waits ? facts.Start.AddDays(unit.WaitingDays) : null,
            Bridge = bridge?.Code,
            Reasons = Later.Of((choice: this, unit, option, waits, bridges: bridge is not null), static from =>
                from.choice.WhyIn(from.unit, from.option, from.waits, from.bridges)),
        };
    }

    private IEnumerable<Reason> WhyNone(CareOption option) => option.Reasons.Concat(
        Staleness(offer.LearntOn).Prepend(Reasons.NoUnitInCatalogue)
            .Select(reason => reason.At(option.Place, option.ContractId)));

    private IEnumerable<Reason> WhyIn(OfferedUnit unit, CareOption option, bool waits, bool bridges)
    {
        List<Reason> reasons = [Reasons.UnitInCatalogue];
        if (waits)
            reasons.Add(Reasons.WaitsForCapacity.Counting(unit.WaitingDays));
        if (bridges)
            reasons.Add(Reasons.BridgesTheWait);
        reasons.AddRange(Staleness(unit.LearntOn ?? offer.LearntOn));
        return option.Reasons.Concat(reasons.Select(reason => reason.At(option.Place, option.ContractId)));
    }

    private bool IsOfProvider(OfferedUnit unit, CareOption option)
    {
        if (option.Place is not CarePlace.OccupationalHealth)
            return true;
        for (var i = 0; i < contracts.Count; i++)
            if (contracts[i] is var contract && contract.ContractId == option.ContractId
                && contract.Provider == unit.Provider)
                return true;
        return false;
    }

    private bool StartsToday(CareOption option) =>
        facts.Emergency || facts.AcuteCrisis || option.Place is CarePlace.EmergencyCare or CarePlace.CrisisService;

    // Also in a severe disorder, as a start while other care is not available.
    private MethodRule? Bridge(CareOption option)
    {
        if (option.Method is null)
            return null;
        foreach (var rule in rules.BridgingMethods)
            if (rule.Code != option.Method && rule.IsForAge(facts.Age))
                return rule;
        return null;
    }

    private IEnumerable<Reason> Staleness(DateOnly? told)
    {
        if (told is { } learnt && learnt.AddDays(rules.CatalogueFreshDays) < facts.AsOf)
            yield return Reasons.CatalogueStale.On(learnt);
    }
}
