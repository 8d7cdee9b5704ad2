using Fhir;
using Messages;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>work-ability-referral</c> (Työote): a region asks for the return to work to be coordinated. It opens the follow-up
/// at the worker's occupational health, whatever the scope of the contract. Who has none goes back with the way that
/// fits instead, and the region's unit keeps the follow-up.
/// </summary>
public sealed class TakeWorkAbilityReferral : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var sent = message.Focus<FhirTask>()!;
        if (await KnownReferrals.Find(session, message.Access, sent) is not null)
            return MessageResult.Done;
        var filing = new Filing(message, session);
        await filing.Find(message.Content);
        var person = filing.IdOf(message.Resolve<Patient>(sent.For)!);
        await session.Lock(message.Access, "Patient", person);
        await filing.Store(except: [sent]);
        var task = filing.Copy(sent);
        task.Code = new CodeableConcept(Systems.TaskKind, TaskKinds.WorkAbilityReferral);
        task.Requester ??= new ResourceReference();
        task.Requester.Identifier = message.Header.Sender?.Identifier?.Clone();
        task.LastModifiedElement = new FhirDateTime(session.Now);
        if (await Unit(message, session, filing, person) is { } unit)
        {
            task.Owner = Units.Named(new ResourceReference($"Organization/{unit.Id}"), unit);
            var followUp = await new FollowUps(session, message.Access).Take(WorkAbilityTask.FollowUp(
                person, unit, TaskKinds.WorkAbilityReferral, task.GroupIdentifier!.Value!, session.Now));
            task.PartOf = [new ResourceReference($"Task/{followUp.Id}")];
            await session.Resources.Create(message.Access, task);
            await WorkAbilityReferralDue.Watch(session, task);
            return MessageResult.Done;
        }

        AnswerWorkAbilityReferral.ReturnForLackOfOccupationalHealth(task);
        await session.Resources.Create(message.Access, task);
        await AnswerWorkAbilityReferral.Send(session, task);
        return MessageResult.Done;
    }

    // The unit that is named, else that of the employer's contract, else the one that follows up already.
    private static async Task<Organization?> Unit(
        ReceivedMessage message, Session session, Filing filing, string person)
    {
        var (access, today) = (message.Access, FinnishTime.DateOf(session.Now));
        var request = message.Resolve<ServiceRequest>(message.Focus<FhirTask>()!.Focus);
        foreach (var performer in request?.Performer ?? [])
            if (await new Units(session, access).KnownProvider(Named(message, performer), person) is { } named)
                return named;
        foreach (var employer in message.Bundle.All<Coverage>().SelectMany(coverage => coverage.Payor)
            .Select(message.Resolve<Organization>).OfType<Organization>())
            if (await FindContracts.ProviderOf(session, access, filing.IdOf(employer), today) is { } provider)
                return await session.Resources.Get<Organization>(access, provider);
        foreach (var followUp in await new FollowUps(session, access).Open(person))
            if (followUp.Owner is { Identifier.System: not Systems.Region } owner
                && owner.TryGetLocal(out _, out var id))
                return await session.Resources.Get<Organization>(access, id);
        return null;
    }

    private static ResourceReference Named(ReceivedMessage message, ResourceReference performer) =>
        performer.Identifier is not null || message.Resolve<Organization>(performer) is not { } unit
            ? performer
            : Units.Named(new ResourceReference(), unit);
}
