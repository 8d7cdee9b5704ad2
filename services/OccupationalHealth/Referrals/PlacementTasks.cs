using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// The Tasks of a placement: the care itself, and what has to be done beside it. All share one journey.
/// </summary>
internal static class PlacementTasks
{
    /// <summary>
    /// Completes the sender's Task: who gives the care, in which journey, and how far the placement has come.
    /// </summary>
    public static void Complete(FhirTask care, PlacementDecision decision, Placed placed, string businessStatus)
    {
        care.GroupIdentifier = new Identifier(Systems.Journey, placed.Journey);
        care.Priority = EnumCodes.Parse<RequestPriority>(decision.Need.Urgency.Code());
        care.BasedOn = [new ResourceReference($"CarePlan/{placed.CarePlanId}")];
        care.PerformerType = [Texts.Concept(decision.Place)];
        care.Owner = placed.CareOwner?.Clone();
        care.BusinessStatus = new CodeableConcept(Terms.BusinessStatusSystem, businessStatus);
        care.Code ??= new CodeableConcept();
        if (!care.Code.Has(Systems.TaskKind, TaskKinds.Care))
            care.Code.Coding.Add(new Coding(Systems.TaskKind, TaskKinds.Care));
        care.Extension.RemoveAll(extension => extension.Url == Terms.SafetyReviewExtension);
        if (decision.Facts.SafetyFlag)
            care.SetExtension(Terms.SafetyReviewExtension, new Code("open"));
    }

    /// <summary>What the decision requires beside the care.</summary>
    public static FhirTask Of(RequiredTask required, Placed placed, Communication? phoneHandover)
    {
        var task = New(KindOf(required.Kind), Owner(required.Owner, placed), placed);
        task.DescriptionElement = Texts.NameOf(required.Kind);
        task.Priority = EnumCodes.Parse<RequestPriority>(required.Urgency.Code());
        if (required.Due is { } due)
            task.Restriction = new FhirTask.RestrictionComponent
            {
                Period = new Period(null, new FhirDateTime(FinnishTime.EndOf(due))),
            };
        if (required.Kind is TaskKind.PhoneHandover && phoneHandover is not null)
        {
            task.Status = TaskStatus.Completed;
            task.Output.Add(new FhirTask.OutputComponent
            {
                Type = new CodeableConcept(Terms.CommunicationCategory, Terms.PhoneHandover),
                Value = new ResourceReference($"Communication/{phoneHandover.Id}"),
            });
        }

        return task;
    }

    /// <summary>A new Task of a kind in the placement's journey.</summary>
    public static FhirTask New(string kind, ResourceReference owner, Placed placed)
    {
        var id = ResourceStore.NewId();
        return new FhirTask
        {
            Id = id,
            Language = "fi",
            Identifier = [new Identifier(Systems.TaskNumber, id)],
            GroupIdentifier = new Identifier(Systems.Journey, placed.Journey),
            BasedOn = placed.CarePlanId is { } plan ? [new ResourceReference($"CarePlan/{plan}")] : [],
            Status = TaskStatus.Requested,
            Intent = TaskIntent.Order,
            Priority = RequestPriority.Routine,
            Code = new CodeableConcept(Systems.TaskKind, kind),
            Focus = new ResourceReference(placed.Request),
            For = new ResourceReference(placed.Patient),
            AuthoredOnElement = new FhirDateTime(placed.At),
            LastModifiedElement = new FhirDateTime(placed.At),
            Requester = placed.Requester.Clone(),
            Owner = owner.Clone(),
        };
    }

    public static string KindOf(TaskKind kind) => kind switch
    {
        TaskKind.WorkplaceAssessment => TaskKinds.WorkplaceAssessment,
        TaskKind.SafetyReview => TaskKinds.SafetyReview,
        TaskKind.PhoneHandover => TaskKinds.PhoneHandover,
        _ => TaskKinds.SpecialistAssessment,
    };

    // Where a receiver is not known yet the sender keeps the task: nobody falls between two units.
    private static ResourceReference Owner(TaskOwner owner, Placed placed) => owner switch
    {
        TaskOwner.Sender => placed.Requester,
        TaskOwner.OccupationalHealth => placed.Provider ?? placed.Sender,
        _ => placed.Region ?? placed.Sender,
    };
}
