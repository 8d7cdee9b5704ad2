namespace OccupationalHealth.Placement;

/// <summary>What the region gives a person, with the reasons for and against each of its units.</summary>
internal sealed class OtherUnits(PlacementFacts facts, Need need, PlacementRules rules)
{
    public CareOption EmergencyCare() => Option(CarePlace.EmergencyCare, [Reasons.Emergency]);

    public CareOption CrisisServiceToday() =>
        Option(CarePlace.CrisisService, [Reasons.CrisisServiceSameDay, .. WorkersChoice()]);

    public CareOption SpecialisedCare()
    {
        IEnumerable<Reason> reasons = need.AsksForSpecialisedCare
            ? [Reasons.SeverityAsksForSpecialisedCare]
            : [Reasons.SeverityBelowSpecialisedCare];
        return Option(CarePlace.SpecialisedCare, reasons, facts.MethodAskedFor, need.AsksForSpecialisedCare);
    }

    public CareOption PrimaryCare()
    {
        var method = SteppedCare.Choose(CarePlace.RegionPrimaryCare, facts, need, rules, isCovered: _ => true);
        return Option(
            CarePlace.RegionPrimaryCare, AboutPrimaryCare(method), method.Rule?.Code,
            isOpen: !need.AsksForSpecialisedCare);
    }

    private IEnumerable<Reason> AboutPrimaryCare(MethodChoice method)
    {
        yield return Reasons.RegionArrangesCare;
        foreach (var reason in WorkersChoice().Concat(method.Reasons))
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

        CareOption[] units = [PrimaryCare(), SpecialisedCare()];
        return units.Where(unit => unit.Place != chosen.Place && unit.Place != otherwise.Place);
    }

    private IEnumerable<Reason> WorkersChoice() => facts.WorkerChoosesRegion ? [Reasons.ChosenByWorker] : [];

    private static CareOption Option(
        CarePlace place, IEnumerable<Reason> reasons, string? method = null, bool isOpen = true) =>
        new(place, new Later<Reason>(() => reasons.Select(reason => reason.At(place))), Method: method, IsOpen: isOpen);
}
