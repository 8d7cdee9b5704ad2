namespace OccupationalHealth.Placement;

/// <summary>
/// What occupational health can do for a person under each contract. An offer is open when nothing stands against it.
/// Every objection is listed, not just the first: whoever overrides a placement has to answer all of them, and the
/// region sees why the person was not kept.
/// </summary>
internal readonly struct OccupationalHealthOffers(
    PlacementFacts facts, Need need, IReadOnlyList<ContractScope> contracts, PlacementRules rules)
{
    public CareOption[] CrisisCareToday() => Each(Service.CrisisCare);

    public CareOption[] Guidance() => Each(Service.Guidance);

    public CareOption[] Treatment() => Each(Service.Treatment);

    public CareOption[] TreatmentWithPsychiatrist() => Each(Service.TreatmentWithPsychiatrist);

    private CareOption[] Each(Service service)
    {
        if (contracts.Count == 0)
            return [WithoutContract()];
        var offers = new CareOption[contracts.Count];
        for (var i = 0; i < offers.Length; i++)
            offers[i] = Under(contracts[i], service);
        return offers;
    }

    private CareOption Under(ContractScope contract, Service service)
    {
        var method = service is Service.CrisisCare
            ? MethodChoice.LeftToTheUnit
            : SteppedCare.Choose(CarePlace.OccupationalHealth, contract, facts, need, rules);
        var isOpen = IsOpen(contract, service, method.Rule, facts.Start);
        return new CareOption(
            CarePlace.OccupationalHealth,
            Later.Of((offers: this, contract, service, method), static from =>
                from.offers.Told(from.contract, from.service, from.method)),
            contract.ContractId,
            method.Rule?.Code,
            isOpen)
        {
            Openings = isOpen ? [] : Later.Of((offers: this, contract, service, method.Rule), static from =>
                from.offers.Openings(from.contract, from.service, from.Rule)),
        };
    }

    private IEnumerable<Reason> Told(ContractScope contract, Service service, MethodChoice method)
    {
        List<Reason> told = [];
        var answers = new ForAndAgainst(told);
        Answer(ref answers, contract, service, method.Rule, facts.Start);
        return told.Concat(Notes(contract, answers.IsOpen)).Concat(method.Reasons(facts, need))
            .Select(reason => reason.At(CarePlace.OccupationalHealth, contract.ContractId));
    }

    // A contract that begins, and quotas that are counted anew in the next year, are worth waiting for to some.
    private IEnumerable<DateOnly> Openings(ContractScope contract, Service service, MethodRule? method)
    {
        DateOnly[] days = [contract.From, new(facts.Start.Year + 1, 1, 1)];
        foreach (var day in days.Order())
        {
            var then = day.Year > facts.Start.Year ? contract.WithFullQuotas() : contract;
            if (day > facts.Start && IsOpen(then, service, method, day))
                yield return day;
        }
    }

    private bool IsOpen(ContractScope contract, Service service, MethodRule? method, DateOnly on)
    {
        var answers = new ForAndAgainst(told: null);
        Answer(ref answers, contract, service, method, on);
        return answers.IsOpen;
    }

    private void Answer(
        ref ForAndAgainst answers, ContractScope contract, Service service, MethodRule? method, DateOnly on)
    {
        AnswerForPerson(ref answers, service);
        AnswerForContract(ref answers, contract, service, method, on);
    }

    private CareOption WithoutContract() => new(
        CarePlace.OccupationalHealth,
        Later.Of(this, static offers => offers.ToldWithoutContract()),
        IsOpen: false);

    private IEnumerable<Reason> ToldWithoutContract()
    {
        List<Reason> told = [];
        var answers = new ForAndAgainst(told);
        AnswerForPerson(ref answers, Service.Guidance);
        return told.Append(Reasons.NoContract).Select(reason => reason.At(CarePlace.OccupationalHealth));
    }

    private void AnswerForPerson(ref ForAndAgainst answers, Service service)
    {
        if (facts.HasCurrentEmployer is false)
            answers.Add(Reasons.NoCurrentEmployer);
        if (facts.WorkerChoosesRegion)
            answers.Add(Reasons.WorkerChoseOtherwise);
        if (need.AsksForSpecialisedCare && service is not Service.CrisisCare)
            answers.Add(Reasons.SeverityAboveOccupationalHealth);
        if (service is Service.TreatmentWithPsychiatrist)
            answers.Add(facts.EarlierResponse is EarlierResponse.Poor
                ? Reasons.EarlierCareFailed
                : Reasons.TreatsWithPsychiatrist);
    }

    private void AnswerForContract(
        ref ForAndAgainst answers, ContractScope contract, Service service, MethodRule? method, DateOnly on)
    {
        answers.Add(contract.InForce(on));
        if (service is Service.CrisisCare)
            answers.Add(Reasons.CrisisCareInEveryContract);
        if (service is Service.Guidance)
            answers.Add(Reasons.GuidanceInEveryContract);
        if (service is Service.CrisisCare or Service.Guidance)
            return;

        // Any physician refers to such a method, and gives no care under the contract by that.
        answers.Add(method is { UnderEveryContract: true }
            ? Reasons.InternetTherapyUnderEveryContract
            : contract.MedicalCare());
        contract.AddPreconditions(ref answers, on);
        if (method is null)
            return;

        answers.Add(contract.Covers(method));
        if (contract.QuotaLeft(method) is { } quota)
            answers.Add(quota);
        if (contract.MayRefer(method, facts) is { } referrer)
            answers.Add(referrer);
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
        if (!isOpen && contract.IsInForceOn(facts.Start) && IsAnyUnderEveryContract())
            yield return Reasons.InternetTherapyUnderEveryContract;
    }

    private bool IsAnyUnderEveryContract()
    {
        foreach (var rule in rules.Methods)
            if (rule.UnderEveryContract && rule.Fits(facts, need))
                return true;
        return false;
    }

    private enum Service { CrisisCare, Guidance, Treatment, TreatmentWithPsychiatrist }
}
