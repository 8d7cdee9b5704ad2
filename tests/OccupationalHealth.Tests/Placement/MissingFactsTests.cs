using OccupationalHealth.Placement;
using static OccupationalHealth.Tests.Placement.Given;

namespace OccupationalHealth.Tests.Placement;

public sealed class MissingFactsTests
{
    [Fact]
    public void A_missing_fact_is_named_with_what_each_value_would_change()
    {
        var missing = (ModerateDisorder with { Severity = null }).Decide(Contract()).Missing;

        var severity = Assert.Single(missing);
        Assert.Equal("severity", severity.Code);
        Assert.Contains(new WhatIf("severe", "care-place", "specialised-care"), severity.WouldChange);
    }

    [Fact]
    public void A_fact_that_would_change_nothing_is_not_asked_for() =>
        Assert.Empty(ModerateDisorder.Decide(Contract()).Missing);

    [Fact]
    public void Unknown_work_relatedness_would_add_the_workplace_assessment()
    {
        var facts = ModerateDisorder with { WorkRelatedness = WorkRelatedness.Unknown };

        Assert.Contains(
            new WhatIf("suspected", "tasks", "workplace-assessment"),
            Assert.Single(facts.Decide(Contract()).Missing).WouldChange);
    }

    [Fact]
    public void The_region_is_missing_only_where_somebody_has_to_be_handed_over()
    {
        var facts = ModerateDisorder with { Region = null };

        Assert.Empty(facts.Decide(Contract()).Missing);
        Assert.Equal("region", Assert.Single(facts.Decide(Preventive).Missing).Code);
    }

    [Fact]
    public void With_nothing_known_occupational_health_meets_the_person_and_the_gaps_are_named()
    {
        var decision = new PlacementFacts { AsOf = Today }.Decide(Preventive);

        Assert.Equal(CarePlace.OccupationalHealth, decision.Place);
        Assert.Subset(
            decision.Missing.Select(fact => fact.Code).ToHashSet(),
            new HashSet<string> { "severity", "disorder", "work-relatedness", "allowance-days", "current-employer" });
    }
}
