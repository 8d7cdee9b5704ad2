namespace OccupationalHealth.Placement;

/// <summary>Decides where care is given. No I/O, no clock: the same facts always give the same decision.</summary>
public static class PlacementPolicy
{
    /// <param name="facts">What is known of the person; time is in it.</param>
    /// <param name="contracts">Those of the current employers, in the order that the worker prefers.</param>
    /// <param name="offer">What the units list in the catalogue, as far as it is known here.</param>
    /// <param name="rules">The thresholds in force on the day of the decision.</param>
    public static PlacementDecision Decide(
        PlacementFacts facts, IReadOnlyList<ContractScope> contracts, RegionOffer offer, PlacementRules rules)
    {
        var need = FourLevels.NeedOf(facts, rules);
        var occupationalHealth = new OccupationalHealthOffers(facts, need, contracts, rules);
        var otherUnits = new OtherUnits(facts, need, rules);

        // The first line that applies decides, and nothing below it can hold it up. Each line says what occupational
        // health could do under each contract, and who gives the care if that is open under none of them.
        (CareOption[] Offers, CarePlace Otherwise) care =
            facts.Emergency                                                                   // 1
                ? ([], CarePlace.EmergencyCare)
            : facts.AcuteCrisis                                                               // 2
                ? (occupationalHealth.CrisisCareToday(), CarePlace.CrisisService)
            : need.AsksForSpecialisedCare                                                     // 3
                ? (occupationalHealth.Treatment(), CarePlace.SpecialisedCare)
            : need.Level switch // 4 moves no treatment: the workplace assessment runs beside it, see RequiredTasks
            {
                CareLevel.Level4 => (occupationalHealth.TreatmentWithPsychiatrist(), CarePlace.RegionPrimaryCare), // 7
                CareLevel.Level3 => (occupationalHealth.Treatment(), CarePlace.RegionPrimaryCare),                 // 6
                _ => (occupationalHealth.Guidance(), CarePlace.RegionPrimaryCare),                                 // 5
            };

        var chosen = care.Offers.FirstOrDefault(offered => offered.IsOpen) ?? otherUnits.In(care.Otherwise);
        var units = new UnitChoice(facts, contracts, offer, rules);
        return new PlacementDecision
        {
            Need = need,
            Chosen = Deadlines.Warn(units.Arrange(chosen), facts, rules),
            Alternatives = Later.Of(
                (chosen, care, otherUnits, units), static from => Others(from.chosen, from.care, from.otherUnits)
                    .Select(from.units.Arrange)),
            Facts = facts,
            Contracts = contracts,
            Offer = offer,
            Rules = rules,
        };
    }

    private static IEnumerable<CareOption> Others(
        CareOption chosen, (CareOption[] Offers, CarePlace Otherwise) care, OtherUnits otherUnits)
    {
        var last = chosen.Place is CarePlace.OccupationalHealth ? otherUnits.In(care.Otherwise) : chosen;
        return care.Offers.Append(last).Concat(otherUnits.BesideThose(chosen, last))
            .Where(option => !ReferenceEquals(option, chosen));
    }
}
