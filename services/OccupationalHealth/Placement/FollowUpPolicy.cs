namespace OccupationalHealth.Placement;

/// <summary>
/// Support and follow-up of the ability to work stay in occupational health wherever care is given. A lapsed contract
/// is no relation: then the region's treating unit follows up, and somebody is told to mend that.
/// </summary>
internal static class FollowUpPolicy
{
    public static FollowUp? For(
        PlacementFacts facts, Need need, CareOption chosen, IReadOnlyList<ContractScope> contracts)
    {
        if (!ConcernsPerson(facts, need))
            return null;
        if (facts.HasCurrentEmployer is false)
            return new(FollowUpOwner.RegionTreatingUnit, null, [Reasons.FollowUpWithoutEmployer]);

        // With several employers the unit that treats also follows up, so that there is only one.
        var contract = contracts.FirstOrDefault(c => c.ContractId == chosen.ContractId)
            ?? contracts.FirstOrDefault(c => c.IsInForceOn(facts.Start));
        return contract is null
            ? new(FollowUpOwner.RegionTreatingUnit, null, [Reasons.FollowUpWithoutContract])
            : new(FollowUpOwner.CurrentEmployersOccupationalHealth, contract.ContractId,
                [Reasons.FollowUpByOccupationalHealth]);
    }

    // Level 1 is about a workplace; a raised flag is always about somebody.
    private static bool ConcernsPerson(PlacementFacts facts, Need need) =>
        need.Level is not CareLevel.Level1 || facts.Emergency || facts.AcuteCrisis || facts.SafetyFlag;
}
