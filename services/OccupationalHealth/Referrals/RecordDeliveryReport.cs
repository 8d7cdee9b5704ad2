using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// <c>delivery-report</c>: a handoff never reached its receiver. The sender has kept the person all the while; now the
/// professional who referred has to hand over in another way.
/// </summary>
public sealed class RecordDeliveryReport : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        foreach (var named in message.Bundle.All<FhirTask>())
        {
            if (await KnownReferrals.Find(session, message.Access, named) is not { } care
                || !TaskMoves.IsOpen(care.Status))
                continue;
            care.BusinessStatus = new CodeableConcept(Terms.BusinessStatusSystem, Terms.BusinessStatus.Undelivered);
            await session.Resources.Update(message.Access, care);
            await new JourneyTasks(session, message.Access).AddOnce(HandOverByPhone(care, session));
        }

        return MessageResult.Done;
    }

    private static FhirTask HandOverByPhone(FhirTask care, Session session)
    {
        var id = ResourceStore.NewId();
        return new FhirTask
        {
            Id = id,
            Language = "fi",
            Identifier = [new Identifier(Systems.TaskNumber, id)],
            GroupIdentifier = care.GroupIdentifier!.Clone(),
            BasedOn = [.. care.BasedOn.Select(reference => reference.Clone())],
            Status = TaskStatus.Requested,
            Intent = TaskIntent.Order,
            Priority = care.Priority is RequestPriority.Stat ? RequestPriority.Stat : RequestPriority.Asap,
            Code = new CodeableConcept(Systems.TaskKind, TaskKinds.PhoneHandover),
            DescriptionElement = Texts.NameOf(TaskKind.PhoneHandover),
            Focus = care.Focus?.Clone(),
            For = care.For?.Clone(),
            AuthoredOnElement = new FhirDateTime(session.Now),
            LastModifiedElement = new FhirDateTime(session.Now),
            Requester = care.Requester?.Clone(),
            // What a region asked for is answered by the unit that owns it.
            Owner = care.Code?.Has(Systems.TaskKind, TaskKinds.WorkAbilityReferral) == true
                ? care.Owner?.Clone()
                : care.Requester?.Clone(),
        };
    }
}
