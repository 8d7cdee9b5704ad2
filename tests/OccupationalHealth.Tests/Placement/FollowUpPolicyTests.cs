using OccupationalHealth.Placement;
using static OccupationalHealth.Tests.Placement.Given;

namespace OccupationalHealth.Tests.Placement;

// Row 13 and 3.1: one owner; the current employer's occupational health wherever care is, else the treating unit.
public sealed class FollowUpPolicyTests
{
    [Theory]
    [InlineData(Severity.Moderate)]
    [InlineData(Severity.Severe)]
    public void Occupational_health_follows_up_wherever_care_is(Severity severity) =>
        Assert.Equal(
            FollowUpOwner.CurrentEmployersOccupationalHealth,
            (ModerateDisorder with { Severity = severity }).Decide(Preventive).FollowUp!.Owner);

    [Fact]
    public void Without_an_employer_the_treating_unit_follows_up_and_points_onward()
    {
        var followUp = (ModerateDisorder with { HasCurrentEmployer = false }).Decide(Contract()).FollowUp!;

        Assert.Equal(FollowUpOwner.RegionTreatingUnit, followUp.Owner);
        Assert.Equal(["follow-up-without-employer"], followUp.Reasons.Codes());
    }

    [Fact]
    public void A_lapsed_contract_is_no_relation_and_the_employers_duty_is_pointed_out()
    {
        var decision = ModerateDisorder.Decide(Contract() with { Until = Today });

        Assert.Equal(FollowUpOwner.RegionTreatingUnit, decision.FollowUp!.Owner);
        Assert.Equal(["contract-ended"], decision.Objections(CarePlace.OccupationalHealth));
        Assert.Contains("duty", decision.FollowUp.Reasons[0].Text.En, StringComparison.Ordinal);
    }
}
