using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// Support and follow-up of the ability to work: one Task with one owner for each person-level placement, wherever care
/// is given.
/// </summary>
internal static class FollowUpTask
{
    public static FhirTask Of(FollowUp followUp, Placed placed)
    {
        var task = PlacementTasks.New(TaskKinds.WorkAbilityFollowUp, Owner(followUp, placed), placed);
        task.DescriptionElement = Texts.NameOfFollowUp();
        task.ReasonCode = new CodeableConcept
        {
            Coding = [.. followUp.Reasons.Select(r => Texts.Coding(Terms.PlacementReason, r.Code, r.Text))],
        };
        return task;
    }

    // The sender keeps it while the region is not known: there is never a follow-up without an owner.
    private static ResourceReference Owner(FollowUp followUp, Placed placed) => followUp.Owner switch
    {
        FollowUpOwner.CurrentEmployersOccupationalHealth => placed.Provider ?? placed.Sender,
        _ => placed.Region ?? placed.Sender,
    };
}
