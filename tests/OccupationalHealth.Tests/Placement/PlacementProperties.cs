using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Placement;

/// <summary>What holds for every person and every contract.</summary>
public sealed class PlacementProperties
{
    private sealed record Case(PlacementFacts Facts, IReadOnlyList<ContractScope> Contracts, RegionOffer Offer)
    {
        public PlacementDecision Decide() => PlacementPolicy.Decide(Facts, Contracts, Offer, Given.Rules);
    }

    [Fact]
    public void An_emergency_wins_over_everything() => ForEvery(c =>
        (c with { Facts = c.Facts with { Emergency = true } }).Decide() is
        { Place: CarePlace.EmergencyCare, Need.Urgency: Urgency.Stat, FollowUp: not null } decision
        && decision.Tasks.Any(task => task.Kind is TaskKind.PhoneHandover)
        && Enum.GetValues<CarePlace>().All(place => Answered(place).Of(decision, Given.Rules)
            is (null, [{ Code: "emergency" }])));

    [Fact]
    public void Every_person_level_placement_has_exactly_one_follow_up_with_a_named_owner() => ForEvery(c =>
    {
        var followUp = c.Decide().FollowUp;
        return c.Facts is { Level: CareLevel.Level1, Emergency: false, AcuteCrisis: false, SafetyFlag: false }
            ? followUp is null
            : followUp is { Owner: FollowUpOwner.CurrentEmployersOccupationalHealth, ContractId: not null }
                or { Owner: FollowUpOwner.RegionTreatingUnit, ContractId: null };
    });

    [Fact]
    public void The_same_facts_and_version_give_the_same_decision() =>
        ForEvery(c => JsonSerializer.Serialize(c.Decide()) == JsonSerializer.Serialize(c.Decide())
            && c.Decide().PolicyVersion == Given.Rules.Version);

    [Fact]
    public void Adding_medical_care_never_moves_care_out_of_occupational_health() => ForEvery(c =>
    {
        var richer = c with
        {
            Contracts = [.. c.Contracts.Select(x => x with { Scope = ScopeOfCare.PreventiveAndMedicalCare })],
        };
        return c.Decide().Place is not CarePlace.OccupationalHealth
            || richer.Decide().Place is CarePlace.OccupationalHealth;
    });

    // Every method that the rules know and one that they do not, with visits left.
    [Fact]
    public void Adding_a_method_to_a_contract_never_moves_care_away_from_occupational_health() => ForEvery(c =>
        c.Decide().Place is not CarePlace.OccupationalHealth
        || Given.Rules.Methods.Select(method => method.Code).Append("not-in-the-rules").All(method =>
            (c with { Contracts = [.. c.Contracts.Select(contract => Adding(contract, method))] })
            .Decide().Place is CarePlace.OccupationalHealth));

    [Fact]
    public void A_flag_or_a_missing_fact_never_delays() =>
        ForEvery(c => AFlagOnlySpeedsUp(c) && AMissingFactHoldsUpNothing(c));

    private static bool AFlagOnlySpeedsUp(Case c)
    {
        var without = (c with { Facts = c.Facts with { SafetyFlag = false } }).Decide();
        var with = (c with { Facts = c.Facts with { SafetyFlag = true } }).Decide();
        return with.Chosen.Place == without.Chosen.Place
            && with.Chosen.Method == without.Chosen.Method
            && with.Need.Urgency >= without.Need.Urgency
            && with.Need.Urgency >= Urgency.Asap
            && with.Tasks.Any(task => task.Kind is TaskKind.SafetyReview && task.Due == c.Facts.AsOf);
    }

    // Each fact that may be missing is taken away alone and all of them together.
    private static bool AMissingFactHoldsUpNothing(Case c)
    {
        var now = c.Decide();
        PlacementFacts[] poorer =
        [
            c.Facts with { Age = null, AgeWhenNeedFound = null }, c.Facts with { Region = null },
            c.Facts with { HasCurrentEmployer = null }, c.Facts with { Municipality = null },
            c.Facts with { ReferrerRoles = [], ReferringOrganisation = null },
            c.Facts with { SymptomMonths = null, AllowanceDays = null, Recurrence = null, EarlierResponse = null },
            c.Facts with { Level = null, Severity = null, Disorder = null, Scores = [] },
            new PlacementFacts
            {
                AsOf = c.Facts.AsOf, PlannedStart = c.Facts.PlannedStart, Emergency = c.Facts.Emergency,
                AcuteCrisis = c.Facts.AcuteCrisis, SafetyFlag = c.Facts.SafetyFlag,
                WorkRelatedness = c.Facts.WorkRelatedness, UrgencyAskedFor = c.Facts.UrgencyAskedFor,
            },
        ];
        return poorer.Select(facts => (c with { Facts = facts }).Decide()).All(decision =>
            decision.Chosen.IsOpen
            && decision.Need.Urgency == now.Need.Urgency
            && decision.Facts.Start == now.Facts.Start
            && (decision.Place is CarePlace.EmergencyCare) == (now.Place is CarePlace.EmergencyCare)
            && (!c.Facts.AcuteCrisis || c.Facts.Emergency
                || decision.Place is CarePlace.OccupationalHealth or CarePlace.CrisisService)
            && Safety(decision).SequenceEqual(Safety(now)));
    }

    [Fact]
    public void Capacity_changes_start_and_bridge_and_never_place_owner_or_deadline() => ForEvery(c =>
    {
        var full = c with
        {
            Offer = c.Offer with
            {
                Units = [.. c.Offer.Units.Select(u => u with { Capacity = Capacity.NoCapacity, WaitingDays = 90 })],
            },
        };
        var (now, other) = (c.Decide(), full.Decide());
        return (now.Place, now.Chosen.Method, now.FollowUp?.Owner, now.FollowUp?.ContractId)
            == (other.Place, other.Chosen.Method, other.FollowUp?.Owner, other.FollowUp?.ContractId)
            && now.Deadlines.SequenceEqual(other.Deadlines);
    });

    [Fact]
    public void A_contract_that_ends_in_mid_episode_ends_no_care() => ForEvery(c =>
    {
        CarePlace Until(DateOnly? day) =>
            (c with { Contracts = [.. c.Contracts.Select(x => x with { Until = day })] }).Decide().Place;
        return Until(c.Facts.Start) == Until(null);
    });

    [Fact]
    public void An_override_needs_answers_and_keeps_the_follow_up_and_the_workplace_assessment() => ForEvery(c =>
    {
        var decision = c.Decide();
        return decision.Alternatives.All(option =>
        {
            var (overridden, _) = Answered(option.Place).Of(decision, Given.Rules);
            var (unanswered, _) = new PlacementOverride(
                option.Place, new Dictionary<string, string>(StringComparer.Ordinal)).Of(decision, Given.Rules);
            return unanswered is null && (overridden is null || (
                overridden.Place == option.Place && overridden.Overridden == decision.Chosen
                && (overridden.FollowUp is null) == (decision.FollowUp is null)
                && Safety(overridden).SequenceEqual(Safety(decision))));
        });
    });

    [Fact]
    public void Work_relatedness_always_brings_the_workplace_assessment() => ForEvery(c =>
        c.Decide().Tasks.Count(task => task.Kind is TaskKind.WorkplaceAssessment)
        == (c.Facts.WorkRelatedness is WorkRelatedness.Yes or WorkRelatedness.Suspected ? 1 : 0));

    [Fact]
    public void No_list_of_reasons_is_empty_and_every_reason_has_all_three_languages() => ForEvery(c =>
    {
        var decision = c.Decide();
        return decision.Need.Reasons.Count > 0
            && decision.Chosen.Reasons.Count > 0
            && decision.Alternatives.All(option => option.Reasons.Count > 0)
            && decision.Reasons.All(reason => new[] { reason.Text.Fi, reason.Text.Sv, reason.Text.En }
                .All(text => text.Length > 0 && !text.Contains('{', StringComparison.Ordinal)));
    });

    [Fact]
    public void Whatever_is_not_chosen_has_a_reason_and_what_is_chosen_is_open() => ForEvery(c =>
    {
        var decision = c.Decide();
        return decision.Chosen.IsOpen
            && (decision.Facts.Emergency || decision.Facts.AcuteCrisis || decision.Alternatives.Count > 0)
            && decision.Alternatives.All(o => o.IsOpen || o.Reasons.Any(reason => !reason.For));
    });

    private static PlacementOverride Answered(CarePlace place) =>
        new(place, Reasons.All.ToDictionary(reason => reason.Code, _ => "because", StringComparer.Ordinal));

    private static ContractScope Adding(ContractScope contract, string method) =>
        contract.Methods.Any(item => item.Code == method)
            ? contract
            : contract with { Methods = [.. contract.Methods, new CoveredMethod(method, 5, 4)] };

    // What has to be done at once, or by law, whatever else is known.
    private static IEnumerable<TaskKind> Safety(PlacementDecision decision) =>
        decision.Tasks.Select(task => task.Kind).Where(kind => kind is not TaskKind.SpecialistAssessment);

    private static void ForEvery(Func<Case, bool> holds) => Prop
        .ForAll(Arb.From(Cases()), c => holds(c))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<Case> Cases() =>
        from facts in Facts()
        from contracts in Gen.Choose(0, 3).SelectMany(count => Contract().ArrayOf(count))
        from offer in Offer()
        select new Case(
            facts, [.. contracts.Select((contract, i) => contract with { ContractId = $"contract-{i}" })], offer);

    private static Gen<RegionOffer> Offer() =>
        from places in Gen.Elements(Enum.GetValues<CarePlace>()).ArrayOf(3)
        from method in Method()
        from capacity in Gen.Elements(Enum.GetValues<Capacity>())
        from days in Gen.Choose(0, 120)
        from learnt in Gen.Choose(0, 5)
        let units = places.Select((place, i) => new OfferedUnit($"{i}", place)
        {
            Provider = "provider",
            Methods = method is null ? [] : [method],
            MinAge = i == 1 ? 18 : null,
            Capacity = i == 2 ? capacity : Capacity.Available,
            WaitingDays = days,
        })
        select new RegionOffer(Given.Today.AddDays(-learnt), [.. units]);

    private static Gen<PlacementFacts> Facts() =>
        from flags in Gen.Elements(false, false, false, true).ArrayOf(4)
        from level in Maybe(Gen.Elements(Enum.GetValues<CareLevel>()))
        from severity in Maybe(Gen.Elements(Enum.GetValues<Severity>()))
        from disorder in Maybe(Gen.Elements(true, false))
        from scores in Gen.Elements("phq-9", "gad-7", "audit").Zip(Gen.Choose(0, 27)).ArrayOf(2)
        from work in Gen.Elements(Enum.GetValues<WorkRelatedness>())
        from months in Maybe(Gen.Choose(0, 36))
        from days in Maybe(Gen.Choose(0, 300))
        from response in Maybe(Gen.Elements(Enum.GetValues<EarlierResponse>()))
        from recurrence in Maybe(Gen.Elements(true, false))
        from age in Maybe(Gen.Choose(15, 70))
        from method in Method()
        from urgency in Gen.Elements(Enum.GetValues<Urgency>())
        from region in Gen.Elements("07", null)
        from employed in Maybe(Gen.Elements(true, false))
        from start in Maybe(Gen.Choose(0, 120))
        from referrer in Gen.Elements("physician", "nurse", null)
        select new PlacementFacts
        {
            AsOf = Given.Today,
            Emergency = flags[0],
            AcuteCrisis = flags[1],
            SafetyFlag = flags[2],
            WorkerChoosesRegion = flags[3],
            Level = level,
            Severity = severity,
            Disorder = disorder,
            Scores = [.. scores.Select(s => new InstrumentScore(s.Item1, s.Item2))],
            WorkRelatedness = work,
            SymptomMonths = months,
            AllowanceDays = days,
            EarlierResponse = response,
            Recurrence = recurrence,
            Age = age,
            MethodAskedFor = method,
            UrgencyAskedFor = urgency,
            Region = region,
            HasCurrentEmployer = employed,
            ReferrerRoles = referrer is null ? [] : [referrer],
            PlannedStart = start is { } inDays ? Given.Today.AddDays(inDays) : null,
        };

    private static Gen<ContractScope> Contract() =>
        from scope in Gen.Elements(Enum.GetValues<ScopeOfCare>())
        from begins in Gen.Choose(-400, 100)
        from lasts in Maybe(Gen.Choose(0, 800))
        from surveyed in Maybe(Gen.Choose(0, 800))
        from methods in (from code in Method()
                         from quota in Maybe(Gen.Choose(0, 10))
                         from used in Gen.Choose(0, 12)
                         from referrer in Gen.Elements("physician", null, null)
                         select new CoveredMethod(code ?? "klt", quota, used)
                         {
                             ReferrerRoles = referrer is null ? [] : [referrer],
                         }).ArrayOf(2)
        let first = Given.Today.AddDays(begins)
        select new ContractScope(
            "", "employer", "provider", scope, first, lasts is { } days ? first.AddDays(days) : null, methods)
        {
            WorkplaceSurvey = surveyed is { } days1 ? new Validity(first, first.AddDays(days1)) : null,
        };

    private static Gen<string?> Method() =>
        Gen.Elements(null, null, "klt", "guided-self-care", "oh-psychologist", "cool-kids", "nettiterapia", "ips",
            "rehabilitative-psychotherapy", "not-in-the-rules");

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : struct =>
        gen.SelectMany(value => Gen.Elements<T?>(value, value, null));
}
