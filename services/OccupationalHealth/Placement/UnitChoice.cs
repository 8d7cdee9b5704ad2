namespace OccupationalHealth.Placement;

/// <summary>
/// Finds the unit of a place in the catalogue. Capacity changes when care begins and what bridges the wait; it never
/// changes the place, who is responsible or by when.
/// </summary>
internal sealed class UnitChoice(
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
                Reasons = new Later<Reason>(() =>
                    [.. option.Reasons, At(Reasons.NoUnitInCatalogue), .. Staleness(offer.LearntOn, At)]),
            };

        var waits = !StartsToday(option) && unit.Capacity is not Capacity.Available;
        var bridge = waits ? Bridge(option) : null;
        return option with
        {
            Unit = unit.Id,
            ExpectedStart = waits ? facts.Start.AddDays(unit.WaitingDays) : null,
            Bridge = bridge?.Code,
            Reasons = new Later<Reason>(() =>
            [
                .. option.Reasons,
                At(Reasons.UnitInCatalogue),
                .. waits ? [At(Reasons.WaitsForCapacity.Counting(unit.WaitingDays))] : NoReasons,
                .. bridge is null ? NoReasons : [At(Reasons.BridgesTheWait)],
                .. Staleness(unit.LearntOn ?? offer.LearntOn, At),
            ]),
        };

        Reason At(Reason reason) => reason.At(option.Place, option.ContractId);
    }

    private static IEnumerable<Reason> NoReasons => [];

    private bool IsOfProvider(OfferedUnit unit, CareOption option) =>
        option.Place is not CarePlace.OccupationalHealth
        || contracts.Any(contract => contract.ContractId == option.ContractId && contract.Provider == unit.Provider);

    private bool StartsToday(CareOption option) =>
        facts.Emergency || facts.AcuteCrisis || option.Place is CarePlace.EmergencyCare or CarePlace.CrisisService;

    // Also in a severe disorder, as a start while other care is not available.
    private MethodRule? Bridge(CareOption option) => option.Method is null
        ? null
        : rules.Methods.FirstOrDefault(rule =>
            rule.BridgesWait && rule.Code != option.Method && rule.IsForAge(facts.Age));

    private IEnumerable<Reason> Staleness(DateOnly? told, Func<Reason, Reason> at)
    {
        if (told is { } learnt && learnt.AddDays(rules.CatalogueFreshDays) < facts.AsOf)
            yield return at(Reasons.CatalogueStale.On(learnt));
    }
}
