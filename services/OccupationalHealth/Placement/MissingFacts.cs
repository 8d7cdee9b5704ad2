namespace OccupationalHealth.Placement;

/// <summary>
/// Names the facts that nobody gave and that matter: the decision is made once more with every value a missing fact
/// could have, and what would come out differently is listed. A fact that changes nothing is not asked for.
/// </summary>
internal static class MissingFacts
{
    public static IReadOnlyList<MissingFact> Of(PlacementDecision decision)
    {
        var now = Aspects(decision).ToList();
        var effects =
            from possible in Possible(decision.Facts, decision.Rules)
            from change in Aspects(PlacementPolicy.Decide(
                possible.With, decision.Contracts, decision.Offer, decision.Rules))
            where !now.Contains(change)
            select (possible.Fact, possible.Name, WhatIf: new WhatIf(possible.Value, change.Aspect, change.Value));
        return
        [
            .. effects.GroupBy(effect => (effect.Fact, effect.Name), effect => effect.WhatIf)
                .Select(fact => new MissingFact(fact.Key.Fact, fact.Key.Name, [.. fact])),
            .. AskedByTheReceiver(decision),
            .. AskedForTheEmployer(decision),
        ];
    }

    private static IEnumerable<(string Fact, Wording Name, string Value, PlacementFacts With)> Possible(
        PlacementFacts facts, PlacementRules rules)
    {
        if (facts.Severity is null)
            foreach (var severity in Enum.GetValues<Severity>())
                yield return ("severity", Names.Severity, severity.Code(), facts with { Severity = severity });

        if (facts is { Level: null, Disorder: null })
            foreach (var disorder in (bool[])[true, false])
                yield return ("disorder", Names.Disorder, YesOrNo(disorder), facts with { Disorder = disorder });

        if (facts.WorkRelatedness is WorkRelatedness.Unknown)
            yield return ("work-relatedness", Names.WorkRelatedness, WorkRelatedness.Suspected.Code(),
                facts with { WorkRelatedness = WorkRelatedness.Suspected });

        if (facts.SymptomMonths is null)
            yield return ("symptom-duration", Names.Duration, $">= {rules.ProlongedMonths} mo",
                facts with { SymptomMonths = rules.ProlongedMonths });

        if (facts.AllowanceDays is null)
            yield return ("allowance-days", Names.AllowanceDays, $">= {rules.ProlongedAllowanceDays}",
                facts with { AllowanceDays = rules.ProlongedAllowanceDays });

        if (facts.Recurrence is null)
            yield return ("recurrence", Names.Recurrence, YesOrNo(true), facts with { Recurrence = true });

        if (facts.EarlierResponse is null)
            foreach (var response in (EarlierResponse[])[EarlierResponse.Good, EarlierResponse.Poor])
                yield return ("earlier-response", Names.EarlierResponse, response.Code(),
                    facts with { EarlierResponse = response });

        if (!facts.SubstanceUseTold && !facts.Scores.Any(score => score.Instrument == "audit"))
            foreach (var band in rules.Alcohol)
                yield return ("substance-use", Names.SubstanceUse, $"AUDIT >= {band.AtLeast}",
                    facts with { Scores = [.. facts.Scores, new InstrumentScore("audit", band.AtLeast)] });

        if (facts.Age is null)
            foreach (var age in rules.AgesThatMatter)
                yield return ("age", Names.Age, $"< {age}", facts with { Age = age - 1 });

        // Somebody whom no contract names.
        if (facts.ReferrerRoles.Count == 0)
            yield return ("referrer-profession", Names.ReferrerProfession, "other",
                facts with { ReferrerRoles = [""] });

        if (facts.HasCurrentEmployer is null)
            yield return ("current-employer", Names.CurrentEmployer, YesOrNo(false),
                facts with { HasCurrentEmployer = false });
    }

    private static IEnumerable<(string Aspect, string Value)> Aspects(PlacementDecision decision)
    {
        yield return ("care-place", decision.Place.Code());
        yield return ("care-level", decision.Need.Level?.Code() ?? "");
        yield return ("method", decision.Chosen.Method ?? "");
        yield return ("follow-up-owner", decision.FollowUp?.Owner.Code() ?? "");
        yield return ("deadlines", string.Join(
            ' ', decision.Deadlines.Select(deadline => $"{deadline.Kind.Code()} {deadline.By:yyyy-MM-dd}")));
        yield return ("beside", string.Join(' ', decision.Beside.Select(beside => beside.Method)));
        yield return ("tasks", string.Join(' ', decision.Tasks.Select(task => task.Kind.Code())));
    }

    // They decide nothing here: without a region there is nobody to hand over to, and who receives the person has to
    // arrange for somebody who speaks the language.
    private static IEnumerable<MissingFact> AskedByTheReceiver(PlacementDecision decision)
    {
        if (decision.Place is CarePlace.OccupationalHealth)
            yield break;
        if (decision.Facts.Region is null)
            yield return new("region", Names.Region, [new("", "receiver", "")]);
        if (decision.Facts.ServiceLanguage is null)
            yield return new("service-language", Names.ServiceLanguage, [new("", "language-of-service", "")]);
        if (decision.Facts.NeedsInterpreter is null && !IsServedInOwnLanguage(decision.Facts.ServiceLanguage))
            yield return new("needs-interpreter", Names.Interpreter,
                [new(YesOrNo(true), "reasons", Reasons.InterpreterNeeded.Code)]);
    }

    // Finnish and Swedish are the national languages (Constitution, section 17 [K]): care is given in them.
    private static bool IsServedInOwnLanguage(string? language) => language?.Split('-')[0] is "fi" or "sv";

    // Nor does this decide anything: it tells what the employer may learn. Nobody is asked for it first who is in danger.
    private static IEnumerable<MissingFact> AskedForTheEmployer(PlacementDecision decision)
    {
        var facts = decision.Facts;
        if (facts.InitiatedBy is null && facts.HasCurrentEmployer is true && !facts.Emergency && !facts.AcuteCrisis)
            yield return new("initiated-by", Names.Initiator,
                [new(Initiator.Employer.Code(), "reasons", Reasons.EmployerLearnsOfAttendanceOnly.Code)]);
    }

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static class Names
    {
        public static readonly Wording Severity =
            new("Häiriön vaikeusaste", "Störningens svårighetsgrad", "Severity of the disorder");

        public static readonly Wording Disorder = new(
            "Onko hoitoa vaativa mielenterveyden häiriö",
            "Om det finns en psykisk störning som kräver vård",
            "Whether there is a disorder that needs treatment");

        public static readonly Wording WorkRelatedness =
            new("Työperäisyys", "Samband med arbetet", "Work-relatedness");

        public static readonly Wording Duration = new("Oireiden kesto", "Symtomens varaktighet", "Symptom duration");

        public static readonly Wording AllowanceDays = new(
            "Sairauspäivärahapäivät kahden vuoden aikana",
            "Sjukdagpenningsdagar under två år",
            "Sickness-allowance days within two years");

        public static readonly Wording Recurrence =
            new("Onko häiriö uusiutunut", "Om störningen har återkommit", "Whether the disorder has recurred");

        public static readonly Wording EarlierResponse =
            new("Vaste aiempaan hoitoon", "Svar på tidigare vård", "Response to earlier care");

        public static readonly Wording Age =
            new("Ikä hoidon alkaessa", "Ålder när vården börjar", "Age when care begins");

        public static readonly Wording CurrentEmployer =
            new("Voimassa oleva työsuhde", "Gällande anställning", "Current employment");

        public static readonly Wording SubstanceUse = new(
            "Alkoholin ja muiden päihteiden käyttö", "Bruk av alkohol och andra rusmedel",
            "Use of alcohol and other substances");

        public static readonly Wording ServiceLanguage =
            new("Asiointikieli", "Servicespråk", "Language in which the person is served");

        public static readonly Wording Interpreter =
            new("Tulkin tarve", "Behov av tolk", "Need of an interpreter");

        public static readonly Wording Initiator =
            new("Kuka aloitti hoitoon ohjaamisen", "Vem som tog initiativet till vården", "Who initiated the care");

        public static readonly Wording ReferrerProfession =
            new("Lähettäjän ammatti", "Remittentens yrke", "Profession of the referrer");

        public static readonly Wording Region =
            new("Vastuussa oleva hyvinvointialue", "Ansvarigt välfärdsområde", "Responsible wellbeing services county");
    }
}
