namespace OccupationalHealth.Placement;

/// <summary>What the region gives a person, with the reasons for and against each of its units.</summary>
internal readonly struct OtherUnits(PlacementFacts facts, Need need, PlacementRules rules)
{
    public CareOption In(CarePlace place)
    {
        var method = place is CarePlace.RegionPrimaryCare
            ? SteppedCare.Choose(place, contract: null, facts, need, rules)
            : MethodChoice.LeftToTheUnit;
        return new CareOption(
            place,
            Later.Of((units: this, place, method), static from => from.units.Why(from.place, from.method)
                .Select(reason => reason.At(from.place))),
            Method: place is CarePlace.SpecialisedCare ? facts.MethodAskedFor : method.Rule?.Code,
            IsOpen: place switch
            {
                CarePlace.SpecialisedCare => need.AsksForSpecialisedCare,
                CarePlace.RegionPrimaryCare => !need.AsksForSpecialisedCare,
                _ => true,
            });
    }

    private IEnumerable<Reason> Why(CarePlace place, MethodChoice method) => place switch
    {
        CarePlace.EmergencyCare => [Reasons.Emergency],
        CarePlace.CrisisService => [Reasons.CrisisServiceSameDay, .. WorkersChoice()],
        CarePlace.SpecialisedCare => [need.AsksForSpecialisedCare
            ? Reasons.SeverityAsksForSpecialisedCare
            : Reasons.SeverityBelowSpecialisedCare],
        _ => AboutPrimaryCare(method),
    };

    private IEnumerable<Reason> AboutPrimaryCare(MethodChoice method)
    {
        yield return Reasons.RegionArrangesCare;
        foreach (var reason in WorkersChoice().Concat(method.Reasons(facts, need)))
            yield return reason;
        if (facts.Age < rules.AdultAge)
            yield return Reasons.ServicesForTheYoung;
        if (need.AsksForSpecialisedCare)
            yield return Reasons.SeverityAbovePrimaryCare;
    }

    /// <summary>The units that were not in question, shown with what stands against them; none beside safety.</summary>
    public IEnumerable<CareOption> BesideThose(CareOption chosen, CareOption otherwise)
    {
        if (facts.Emergency || facts.AcuteCrisis)
            return [];

        CareOption[] units = [In(CarePlace.RegionPrimaryCare), In(CarePlace.SpecialisedCare)];
        return units.Where(unit => unit.Place != chosen.Place && unit.Place != otherwise.Place);
    }

    private IEnumerable<Reason> WorkersChoice() => facts.WorkerChoosesRegion ? [Reasons.ChosenByWorker] : [];
}
