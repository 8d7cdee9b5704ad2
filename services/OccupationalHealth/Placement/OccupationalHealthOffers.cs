namespace OccupationalHealth.Placement;

/// <summary>
/// What occupational health can do for a person under each contract. An offer is open when nothing stands against it.
/// Every objection is listed, not just the first: whoever overrides a placement has to answer all of them, and the
/// region sees why the person was not kept.
/// </summary>
internal sealed class OccupationalHealthOffers(
    PlacementFacts facts, Need need, IReadOnlyList<ContractScope> contracts, PlacementRules rules)
{
    public IReadOnlyList<CareOption> CrisisCareToday() => Each(Service.CrisisCare);

    public IReadOnlyList<CareOption> Guidance() => Each(Service.Guidance);

    public IReadOnlyList<CareOption> Treatment() => Each(Service.Treatment);

    public IReadOnlyList<CareOption> TreatmentWithPsychiatrist() => Each(Service.TreatmentWithPsychiatrist);

    private IReadOnlyList<CareOption> Each(Service service) =>
        contracts.Count > 0 ? [.. contracts.Select(contract => Under(contract, service))] : [WithoutContract()];

    private CareOption Under(ContractScope contract, Service service)
    {
        var method = service is Service.CrisisCare
            ? MethodChoice.LeftToTheUnit
            : SteppedCare.Choose(
                CarePlace.OccupationalHealth, facts, need, rules, isCovered: rule => Allows(contract, rule));
        var answers = Answers(contract, service, method.Rule, facts.Start);
        var isOpen = answers.All(answer => answer.For);

        return new CareOption(
            CarePlace.OccupationalHealth,
            new Later<Reason>(() => answers.Concat(Notes(contract, isOpen)).Concat(method.Reasons)
                .Select(reason => reason.At(CarePlace.OccupationalHealth, contract.ContractId))),
            contract.ContractId,
            method.Rule?.Code,
            isOpen)
        {
            Opens = isOpen ? null : new(() => OpensOn(contract, service, method.Rule)),
        };
    }

    // A contract that begins, and quotas that are counted anew in the next year, are worth waiting for to some.
    private DateOnly? OpensOn(ContractScope contract, Service service, MethodRule? method)
    {
        DateOnly[] days = [contract.From, new(facts.Start.Year + 1, 1, 1)];
        return days.Where(day => day > facts.Start).Order().Cast<DateOnly?>().FirstOrDefault(day =>
            Answers(
                day!.Value.Year > facts.Start.Year ? contract.WithFullQuotas() : contract, service, method, day.Value)
            .All(answer => answer.For));
    }

    private IEnumerable<Reason> Answers(ContractScope contract, Service service, MethodRule? method, DateOnly on) =>
        AboutPerson(service).Concat(AboutContract(contract, service, method, on));

    private CareOption WithoutContract() => new(
        CarePlace.OccupationalHealth,
        new Later<Reason>(() => AboutPerson(Service.Guidance).Append(Reasons.NoContract)
            .Select(reason => reason.At(CarePlace.OccupationalHealth))),
        IsOpen: false);

    private IEnumerable<Reason> AboutPerson(Service service)
    {
        if (facts.HasCurrentEmployer is false)
            yield return Reasons.NoCurrentEmployer;
        if (facts.WorkerChoosesRegion)
            yield return Reasons.WorkerChoseOtherwise;
        if (need.AsksForSpecialisedCare && service is not Service.CrisisCare)
            yield return Reasons.SeverityAboveOccupationalHealth;
        if (service is Service.TreatmentWithPsychiatrist)
            yield return facts.EarlierResponse is EarlierResponse.Poor
                ? Reasons.EarlierCareFailed
                : Reasons.TreatsWithPsychiatrist;
    }

    private IEnumerable<Reason> AboutContract(
        ContractScope contract, Service service, MethodRule? method, DateOnly on)
    {
        yield return contract.InForce(on);
        if (service is Service.CrisisCare)
            yield return Reasons.CrisisCareInEveryContract;
        if (service is Service.Guidance)
            yield return Reasons.GuidanceInEveryContract;
        if (service is Service.CrisisCare or Service.Guidance)
            yield break;

        // Any physician refers to such a method, and gives no care under the contract by that.
        yield return method is { UnderEveryContract: true }
            ? Reasons.InternetTherapyUnderEveryContract
            : contract.MedicalCare();
        foreach (var answer in contract.Preconditions(on))
            yield return answer;
        if (method is null)
            yield break;

        yield return contract.Covers(method);
        if (contract.QuotaLeft(method) is { } quota)
            yield return quota;
        if (contract.MayRefer(method, facts) is { } referrer)
            yield return referrer;
    }

    // What the reader should know although it decides nothing.
    private IEnumerable<Reason> Notes(ContractScope contract, bool isOpen)
    {
        if (contract.IsInForceOn(facts.Start) && contract.Until is { } until)
            yield return Reasons.ContractEndsLater.On(until);
        if (facts.MayBeWorkRelated)
            yield return Reasons.WorkRelatedVisitsAreStatutory;
        if (facts.MayBeWorkRelated && facts.AcuteCrisis)
            yield return Reasons.AccidentInsurerPays;
        if (!isOpen && contract.IsInForceOn(facts.Start)
            && rules.Methods.Any(rule => rule.UnderEveryContract && rule.Fits(facts, need)))
            yield return Reasons.InternetTherapyUnderEveryContract;
    }

    private bool Allows(ContractScope contract, MethodRule rule) =>
        contract.Covers(rule).For && contract.QuotaLeft(rule) is null or { For: true }
        && contract.MayRefer(rule, facts) is null or { For: true };

    private enum Service { CrisisCare, Guidance, Treatment, TreatmentWithPsychiatrist }
}
