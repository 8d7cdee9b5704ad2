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
        var decision = Place(facts, contracts, offer, rules);
        return decision with
        {
            Missing = new Later<MissingFact>(() =>
                MissingFacts.Of(decision, rules, other => Place(other, contracts, offer, rules))),
        };
    }

    // The first line that applies decides, and nothing below it can hold it up. Each line says what occupational health
    // could do under each contract, and who gives the care if that is open under none of them.
    private static PlacementDecision Place(
        PlacementFacts facts, IReadOnlyList<ContractScope> contracts, RegionOffer offer, PlacementRules rules)
    {
        var need = FourLevels.NeedOf(facts, rules);
        var occupationalHealth = new OccupationalHealthOffers(facts, need, contracts, rules);
        var otherUnits = new OtherUnits(facts, need, rules);

        (IReadOnlyList<CareOption> Offers, Func<CareOption> Otherwise) care =
            facts.Emergency                                                                       // 1
                ? ([], () => otherUnits.EmergencyCare())
            : facts.AcuteCrisis                                                                   // 2
                ? (occupationalHealth.CrisisCareToday(), () => otherUnits.CrisisServiceToday())
            : need.AsksForSpecialisedCare                                                         // 3
                ? (occupationalHealth.Treatment(), () => otherUnits.SpecialisedCare())
            : need.Level switch // 4 moves no treatment: the workplace assessment runs beside it, see RequiredTasks
            {
                CareLevel.Level4 =>
                    (occupationalHealth.TreatmentWithPsychiatrist(), () => otherUnits.PrimaryCare()), // 7
                CareLevel.Level3 => (occupationalHealth.Treatment(), () => otherUnits.PrimaryCare()), // 6
                _ => (occupationalHealth.Guidance(), () => otherUnits.PrimaryCare()),                 // 5
            };

        var (offers, otherwise) = care;
        var chosen = offers.FirstOrDefault(offered => offered.IsOpen) ?? otherwise();
        var units = new UnitChoice(facts, contracts, offer, rules);
        var alternatives = new Later<CareOption>(() =>
        {
            var last = chosen.Place is CarePlace.OccupationalHealth ? otherwise() : chosen;
            return offers.Append(last).Concat(otherUnits.BesideThose(chosen, last))
                .Where(option => option != chosen).Select(units.Arrange);
        });
        return WithCareIn(units.Arrange(chosen), alternatives, need, facts, contracts, rules);
    }

    /// <summary>All that follows from the place of care, whether this policy chose it or a clinician did.</summary>
    internal static PlacementDecision WithCareIn(
        CareOption chosen, IReadOnlyList<CareOption> alternatives, Need need, PlacementFacts facts,
        IReadOnlyList<ContractScope> contracts, PlacementRules rules)
    {
        var deadlines = new Later<Deadline>(() => Deadlines.For(facts, chosen, rules));
        return new PlacementDecision
        {
            Need = need,
            Chosen = Deadlines.Warn(chosen, deadlines),
            Alternatives = alternatives,
            Tasks = new Later<RequiredTask>(() => RequiredTasks.For(facts, need, chosen)),
            Beside = new Later<MethodBeside>(() => MethodsBeside.For(facts, rules)),
            Deadlines = deadlines,
            Followed = new(() => FollowUpPolicy.For(facts, need, chosen, contracts)),
            PolicyVersion = rules.Version,
            Facts = facts,
            Contracts = contracts,
        };
    }
}
