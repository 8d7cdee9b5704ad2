using OccupationalHealth.Placement;
using static OccupationalHealth.Tests.Placement.Given;

namespace OccupationalHealth.Tests.Placement;

// The order is that of the domain notes, 3.1 "Order" 1 to 7; each test names its number.
public sealed class PlacementPolicyTests
{
    // 1. Emergency care now; nothing gates it.
    [Fact]
    public void An_emergency_goes_to_emergency_care_whatever_the_contract_and_the_wish()
    {
        var decision = (ModerateDisorder with { Emergency = true, AcuteCrisis = true, WorkerChoosesRegion = true })
            .Decide(Contract());

        Assert.Equal(CarePlace.EmergencyCare, decision.Place);
        Assert.Equal(Urgency.Stat, decision.Need.Urgency);
        Assert.Contains(
            new RequiredTask(TaskKind.PhoneHandover, TaskOwner.Sender, Urgency.Stat, Today), decision.Tasks);
        Assert.All([decision.Chosen.Reasons[0].Text.Fi, decision.Chosen.Reasons[0].Text.Sv], text =>
        {
            Assert.Contains("112", text, StringComparison.Ordinal);
            Assert.Contains("116117", text, StringComparison.Ordinal);
        });
    }

    // 1. No missing fact holds an emergency up.
    [Fact]
    public void An_emergency_of_which_nothing_else_is_known_is_placed()
    {
        var decision = new PlacementFacts { AsOf = Today, Emergency = true }.Decide();

        Assert.Equal(CarePlace.EmergencyCare, decision.Place);
        Assert.Null(decision.Need.Level);
        Assert.NotNull(decision.FollowUp);
    }

    // 2. Acute crisis: occupational health the same day, under every contract; else the region's crisis service.
    [Theory]
    [InlineData(ScopeOfCare.Preventive, false, CarePlace.OccupationalHealth)]
    [InlineData(ScopeOfCare.PreventiveAndMedicalCare, false, CarePlace.OccupationalHealth)]
    [InlineData(ScopeOfCare.PreventiveAndMedicalCare, true, CarePlace.CrisisService)]
    [InlineData(null, false, CarePlace.CrisisService)]
    public void An_acute_crisis_is_met_the_same_day(ScopeOfCare? scope, bool choosesRegion, CarePlace place)
    {
        var facts = ModerateDisorder with { AcuteCrisis = true, WorkerChoosesRegion = choosesRegion };
        var decision = scope is { } s ? facts.Decide(Contract(s)) : facts.Decide();

        Assert.Equal(place, decision.Place);
        Assert.Equal(Urgency.Asap, decision.Need.Urgency);
    }

    // 2. The visit is today, so a contract that starts with the planned care next week does not help.
    [Fact]
    public void A_crisis_today_needs_a_contract_that_is_in_force_today()
    {
        var starting = Contract() with { From = ModerateDisorder.PlannedStart!.Value };

        Assert.Equal(CarePlace.OccupationalHealth, ModerateDisorder.Decide(starting).Place);
        Assert.Equal(CarePlace.CrisisService, (ModerateDisorder with { AcuteCrisis = true }).Decide(starting).Place);
    }

    // 2 and 4. A shock at work: the accident insurer pays.
    [Fact]
    public void After_a_shock_at_work_the_accident_insurer_is_named()
    {
        var decision = (Worker with { AcuteCrisis = true, WorkRelatedness = WorkRelatedness.Yes }).Decide(Preventive);

        Assert.Contains("accident-insurer-pays", decision.Chosen.Reasons.Codes());
    }

    // 3. Severity that needs specialised care, the best contract notwithstanding.
    [Theory]
    [InlineData(Severity.Mild, CarePlace.OccupationalHealth)]
    [InlineData(Severity.Moderate, CarePlace.OccupationalHealth)]
    [InlineData(Severity.Severe, CarePlace.SpecialisedCare)]
    public void A_severe_disorder_goes_to_specialised_care(Severity severity, CarePlace place) =>
        Assert.Equal(place, (ModerateDisorder with { Severity = severity }).Decide(Contract()).Place);

    // 4 and row 2 of section 3: on every contract, also when severe; treatment goes by the contract.
    [Theory]
    [InlineData(WorkRelatedness.Yes, Severity.Moderate, CarePlace.RegionPrimaryCare, true)]
    [InlineData(WorkRelatedness.Suspected, Severity.Moderate, CarePlace.RegionPrimaryCare, true)]
    [InlineData(WorkRelatedness.Suspected, Severity.Severe, CarePlace.SpecialisedCare, true)]
    [InlineData(WorkRelatedness.No, Severity.Moderate, CarePlace.RegionPrimaryCare, false)]
    [InlineData(WorkRelatedness.Unknown, Severity.Moderate, CarePlace.RegionPrimaryCare, false)]
    public void Work_relatedness_adds_a_workplace_assessment_and_moves_no_treatment(
        WorkRelatedness work, Severity severity, CarePlace place, bool assessed)
    {
        var decision = (ModerateDisorder with { WorkRelatedness = work, Severity = severity }).Decide(Preventive);

        Assert.Equal(place, decision.Place);
        Assert.Equal(assessed, decision.Tasks.Any(task =>
            task is { Kind: TaskKind.WorkplaceAssessment, Owner: TaskOwner.OccupationalHealth }));
    }

    // 5. Level 2: occupational health with guidance to self-care, also on a preventive contract; without it the region.
    [Fact]
    public void Level_2_is_guided_to_self_care_in_occupational_health_under_every_contract()
    {
        var strain = Worker with { Level = CareLevel.Level2 };

        Assert.Equal(("self-care", CarePlace.OccupationalHealth),
            (strain.Decide(Preventive).Chosen.Method, strain.Decide(Preventive).Place));
        Assert.Equal(CarePlace.RegionPrimaryCare, strain.Decide().Place);
    }

    // 6. Medical care in force at the planned start, method covered, quota left; otherwise the region's primary care.
    [Theory]
    [InlineData(ScopeOfCare.PreventiveAndMedicalCare, "klt", 5, 0, CarePlace.OccupationalHealth, "")]
    [InlineData(ScopeOfCare.PreventiveAndMedicalCare, "klt", 5, 5, CarePlace.RegionPrimaryCare, "quota-used")]
    [InlineData(ScopeOfCare.PreventiveAndMedicalCare, "other", 5, 0, CarePlace.RegionPrimaryCare, "method-not-covered")]
    [InlineData(ScopeOfCare.Preventive, "klt", 5, 0, CarePlace.RegionPrimaryCare, "preventive-only")]
    [InlineData(ScopeOfCare.Preventive, "klt", 5, 5, CarePlace.RegionPrimaryCare, "preventive-only quota-used")]
    [InlineData(
        ScopeOfCare.Preventive, "other", 5, 0, CarePlace.RegionPrimaryCare, "preventive-only method-not-covered")]
    public void Contract_scope_method_and_quota_set_the_care_place_of_level_3(
        ScopeOfCare scope, string covered, int quota, int used, CarePlace place, string objections)
    {
        var decision = (ModerateDisorder with { MethodAskedFor = "klt" })
            .Decide(Contract(scope, new CoveredMethod(covered, quota, used)));

        Assert.Equal(place, decision.Place);
        Assert.Equal(objections, string.Join(' ', decision.Objections(CarePlace.OccupationalHealth)));
    }

    // 6. All objections, not just the first.
    [Fact]
    public void Everything_that_stands_against_occupational_health_is_listed()
    {
        var ended = Contract(ScopeOfCare.Preventive) with { Until = Today.AddDays(-1) };
        var facts = ModerateDisorder with { MethodAskedFor = "klt", WorkerChoosesRegion = true };

        Assert.Equal(
            ["worker-chose-otherwise", "contract-ended", "preventive-only", "method-not-covered"],
            facts.Decide(ended).Objections(CarePlace.OccupationalHealth));
    }

    // 6. General-practice care needs no item of its own in the contract.
    [Fact]
    public void Without_a_method_asked_for_the_least_intensive_covered_one_is_proposed()
    {
        Assert.Equal("guided-self-care", ModerateDisorder.Decide(Contract()).Chosen.Method);
        Assert.Equal("klt", (ModerateDisorder with { EarlierResponse = EarlierResponse.Poor })
            .Decide(Contract(methods: new CoveredMethod("klt", null, 0))).Chosen.Method);
    }

    // 7. A specialist assessment is due; occupational health may treat with a psychiatrist unless care has failed.
    [Theory]
    [InlineData(EarlierResponse.Good, ScopeOfCare.PreventiveAndMedicalCare, CarePlace.OccupationalHealth)]
    [InlineData(EarlierResponse.Partial, ScopeOfCare.PreventiveAndMedicalCare, CarePlace.OccupationalHealth)]
    [InlineData(EarlierResponse.NoEarlierCare, ScopeOfCare.PreventiveAndMedicalCare, CarePlace.OccupationalHealth)]
    [InlineData(EarlierResponse.Poor, ScopeOfCare.PreventiveAndMedicalCare, CarePlace.RegionPrimaryCare)]
    [InlineData(EarlierResponse.Good, ScopeOfCare.Preventive, CarePlace.RegionPrimaryCare)]
    public void Level_4_goes_by_response_and_contract_with_a_specialist_assessment(
        EarlierResponse response, ScopeOfCare scope, CarePlace place)
    {
        var decision = (ModerateDisorder with { Level = CareLevel.Level4, EarlierResponse = response })
            .Decide(Contract(scope));

        Assert.Equal(place, decision.Place);
        Assert.Contains(decision.Tasks, task => task.Kind is TaskKind.SpecialistAssessment);
    }

    // The worker may choose the region's services without a clinical reason; the follow-up stays.
    [Theory]
    [InlineData(CareLevel.Level2)]
    [InlineData(CareLevel.Level3)]
    [InlineData(CareLevel.Level4)]
    public void The_worker_may_choose_the_region(CareLevel level)
    {
        var decision = (ModerateDisorder with { Level = level, WorkerChoosesRegion = true }).Decide(Contract());

        Assert.Equal(CarePlace.RegionPrimaryCare, decision.Place);
        Assert.Contains("chosen-by-worker", decision.Chosen.Reasons.Codes());
        Assert.Equal(FollowUpOwner.CurrentEmployersOccupationalHealth, decision.FollowUp!.Owner);
    }

    // Several employers: each contract is evaluated, the first in the order given that can treat does.
    [Fact]
    public void Of_several_contracts_the_first_open_one_is_taken_and_the_others_are_shown()
    {
        var second = Contract() with { ContractId = "contract-2", Employer = "employer-b" };
        var third = second with { ContractId = "contract-3" };
        var decision = ModerateDisorder.Decide(Preventive, second, third);

        Assert.Equal("contract-2", decision.Chosen.ContractId);
        Assert.Equal("contract-2", decision.FollowUp!.ContractId);
        Assert.Equal(["contract-1", "contract-3"], decision.Alternatives
            .Where(option => option.Place is CarePlace.OccupationalHealth).Select(option => option.ContractId));
    }

    [Fact]
    public void A_contract_that_starts_later_is_shown_with_its_day()
    {
        var may = new DateOnly(2026, 5, 1);
        var decision = ModerateDisorder.Decide(Contract() with { From = may });

        var later = Assert.Single(decision.Alternatives, option => option.Place is CarePlace.OccupationalHealth);
        Assert.Equal(may, later.From);
        Assert.Contains(later.Reasons, reason => reason.Text.En.Contains("1 May 2026", StringComparison.Ordinal));
    }

    [Fact]
    public void A_contract_that_starts_later_but_would_not_treat_either_has_no_day() =>
        Assert.All(
            ModerateDisorder.Decide(Preventive with { From = new DateOnly(2026, 5, 1) }).Alternatives,
            option => Assert.Null(option.From));

    // A contract that ends in mid-episode never ends care: warn, agree the transfer.
    [Fact]
    public void A_contract_that_ends_later_warns_and_keeps_the_place()
    {
        var decision = ModerateDisorder.Decide(Contract() with { Until = Today.AddDays(30) });

        Assert.Equal(CarePlace.OccupationalHealth, decision.Place);
        Assert.Contains("contract-ends-later", decision.Chosen.Reasons.Codes());
    }

    // Methods: KLT is for adults; internet therapy is an option under both scopes.
    [Fact]
    public void Age_and_scope_limit_the_method()
    {
        var young = (ModerateDisorder with { Age = 17, MethodAskedFor = "klt" }).Decide(Contract());

        Assert.Equal("guided-self-care", young.Chosen.Method);
        Assert.Contains("method-not-for-age", young.Chosen.Reasons.Codes());
        Assert.Contains("internet-therapy-under-every-contract", ModerateDisorder.Decide(Preventive).Reasons.Codes());
    }
}
