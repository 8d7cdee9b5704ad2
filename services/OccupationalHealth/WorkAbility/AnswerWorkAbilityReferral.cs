using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// What a region learns of its referral about the ability to work: how the Task stands and what its owner put out for
/// it, as values, and that nobody took it up. Nothing else of the worker's follow-up goes there.
/// </summary>
internal static class AnswerWorkAbilityReferral
{
    private static readonly Wording Pathway = new(
        "Henkilöllä ei ole tiedossa olevaa työterveyshuoltoa. Työkyvyn seuranta säilyy hoitavassa yksikössä. Työtön: "
        + "ohjaa kunnan työllisyysalueen palveluihin; kuntoutus ja sairauspäiväraha: Kela. Jos henkilöllä on työnantaja, "
        + "työnantajan on järjestettävä työterveyshuolto. Kerro tästä henkilölle.",
        "Personen har ingen känd företagshälsovård. Den vårdande enheten följer fortfarande upp arbetsförmågan. "
        + "Arbetslösa: hänvisa till kommunens sysselsättningsområde; rehabilitering och sjukdagpenning: FPA. Om "
        + "personen har en arbetsgivare ska denna ordna företagshälsovård. Berätta detta för personen.",
        "No occupational health of this person is known. The treating unit keeps the follow-up of the ability to work. "
        + "Unemployed: guide to the municipality's employment area; rehabilitation and sickness allowance: Kela. An "
        + "employer, if there is one, has to arrange occupational health. Tell the person so.");

    public static bool Is(FhirTask task) => task.Code?.Has(Systems.TaskKind, TaskKinds.WorkAbilityReferral) == true;

    /// <summary>Nobody falls between two units: whoever sends a person back says why, and what to do instead.</summary>
    public static IEnumerable<FhirIssue> Faults(FhirTask current, FhirTask proposed)
    {
        if (!Is(current))
            yield break;
        if (proposed.Output.Exists(output => output.Value is ResourceReference))
            yield return Refusal.Issue(IssueType.NotSupported, "Task.output",
                "The region gets values; a reference means nothing there.");
        if (proposed.Status is not TaskStatus.Rejected)
            yield break;
        if (proposed.StatusReason?.Coding.Exists(c => c is { System: Terms.RejectionReason, Code: not null }) != true)
            yield return Refusal.Issue(IssueType.Required, "Task.statusReason",
                $"A rejection has a code of {Terms.RejectionReason}.");
        if (!proposed.Output.Exists(output => output.Type?.Has(Systems.TaskOutput, "guidance") == true
            && output.Value is FhirString))
            yield return Refusal.Issue(IssueType.Required, "Task.output",
                "A rejection has guidance for the sender (output guidance).");
    }

    /// <summary>Tells the region when the owner moves on or puts out something new.</summary>
    public static async Task Tell(Session session, FhirTask current, FhirTask proposed)
    {
        if (Is(current) && (current.Status != proposed.Status || current.Output.Count != proposed.Output.Count
            || !current.Output.Zip(proposed.Output).All(pair => pair.First.DeepEquals(pair.Second))))
            await Send(session, proposed);
    }

    public static void ReturnForLackOfOccupationalHealth(FhirTask task)
    {
        task.Status = TaskStatus.Rejected;
        task.StatusReason = new CodeableConcept(Terms.RejectionReason, Terms.Rejection.NoOccupationalHealth);
        task.Owner = task.Requester?.Clone();
        task.Output =
        [
            new FhirTask.OutputComponent
            {
                Type = new CodeableConcept(Systems.TaskOutput, "guidance"), Value = Texts.Text(Pathway),
            },
            new FhirTask.OutputComponent
            {
                Type = new CodeableConcept(Systems.TaskOutput, "patient-informed"), Value = new FhirBoolean(false),
            },
        ];
    }

    public static async Task Send(Session session, FhirTask task)
    {
        var told = new FhirTask
        {
            Id = ResourceStore.NewId(),
            Identifier = [.. task.Identifier.Select(identifier => identifier.Clone())],
            GroupIdentifier = task.GroupIdentifier!.Clone(),
            Status = task.Status,
            StatusReason = task.StatusReason?.Clone(),
            BusinessStatus = task.BusinessStatus?.Clone(),
            Intent = task.Intent,
            Priority = task.Priority,
            Code = task.Code!.Clone(),
            AuthoredOnElement = task.AuthoredOnElement,
            LastModifiedElement = task.LastModifiedElement ?? new FhirDateTime(session.Now),
            Owner = task.Owner?.Identifier is { } owner
                ? new ResourceReference { Type = "Organization", Identifier = owner.Clone() }
                : null,
            Output = [.. task.Output.Select(output => output.Clone())],
        };
        var bundle = MessageBundle.Compose(
            Events.WorkAbilityFollowUp, ServiceNames.OccupationalHealth, session.Now, told, [told]);
        bundle.MessageHeader().Destination.Add(new MessageHeader.MessageDestinationComponent
        {
            Endpoint = $"urn:omh:{ServiceNames.RegionHandoff}",
            Receiver = new ResourceReference
            {
                Type = "Organization", Identifier = task.Requester!.Identifier!.Clone(),
            },
        });
        await session.Outbox.Enqueue<WorkAbilityFollowUp>(
            bundle, task.GroupIdentifier!.Value!, ServiceNames.OccupationalHealth);
    }
}
