namespace OccupationalHealth.Placement;

/// <summary>What has to be done beside the care, whatever the care place and the contract.</summary>
internal static class RequiredTasks
{
    public static IReadOnlyList<RequiredTask> For(PlacementFacts facts, Need need, CareOption chosen) =>
        [.. List(facts, need, chosen)];

    private static IEnumerable<RequiredTask> List(PlacementFacts facts, Need need, CareOption chosen)
    {
        // Immediate urgency is told by phone; the message only follows.
        if (need.Urgency is Urgency.Stat)
            yield return new(TaskKind.PhoneHandover, TaskOwner.Sender, Urgency.Stat, facts.AsOf);

        if (facts.SafetyFlag)
            yield return new(TaskKind.SafetyReview, TaskOwner.Sender, Urgency.Asap, facts.AsOf);

        // The statutory part: also on a preventive contract, also when the disorder is severe.
        if (facts.MayBeWorkRelated)
            yield return new(TaskKind.WorkplaceAssessment, TaskOwner.OccupationalHealth, Urgency.Routine);

        if (need.Level is CareLevel.Level4)
            yield return new(TaskKind.SpecialistAssessment, Assessor(chosen), need.Urgency);
    }

    // A specialist is consulted at the occupational-health physician's request and the care stays there.
    private static TaskOwner Assessor(CareOption chosen) =>
        chosen.Place is CarePlace.OccupationalHealth ? TaskOwner.OccupationalHealth : TaskOwner.SpecialisedCare;
}
