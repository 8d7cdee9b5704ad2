using Fhir;
using Messages;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>employer-absence-notice</c>: the employer tells occupational health of an absence of 30 days, or forwards a
/// certificate. The answer says that it was taken or not, and never why not or what is known of the worker: even being
/// a customer is secret.
/// </summary>
public sealed class TakeEmployerNotice : IMessageHandler
{
    private static readonly MessageResult NotTaken = new MessageResult.Refused(new Refusal(422, "REC_NOT_TAKEN",
        [Refusal.Issue(IssueType.BusinessRule, "Bundle", "The notice was not taken.")]));

    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        List<FhirIssue> faults = [.. AbsenceFaults.Of(message, byEmployer: true)];
        if (message.Header.Destination is not [{ Receiver.Identifier: { System: not null, Value: not null } }])
            faults.Add(Refusal.Issue(IssueType.Required, $"{message.PathOf(message.Header)}.destination.receiver",
                "One occupational-health provider is named by identifier."));
        if (faults.Count > 0)
            return new MessageResult.Refused(Refusal.BadRequest(faults));

        var absence = message.Focus<Observation>()!;
        var filing = new Filing(message, session);
        await filing.Find(message.Content);
        var person = filing.IdOf(message.Resolve<Patient>(absence.Subject)!);
        await session.Lock(message.Access, "Patient", person);
        var employer = message.Resolve<Organization>(message.Header.Sender)!;
        var named = message.Header.Destination[0].Receiver!.Identifier!;
        if (!filing.IsKnown(employer)
            || await session.Resources.FindByToken<Organization>(
                message.Access, "identifier", named.System!, named.Value!) is not { } unit
            || !await HasContract(session, message.Access, filing.IdOf(employer), unit)
            || await ProhibitionRule.Forbids(session, message.Access, person, employer))
            return NotTaken;

        absence.Focus = [new ResourceReference(message.Bundle.UrlOf(employer))];
        if (await new StoreAbsence(message, session, filing).Store(
            absence, person, unit, filing.ReferenceTo(employer)) is not null)
            return NotTaken;
        await new AbsenceCheckpoints(session, message.Access, unit).Settle(person, filing.ReferenceTo(employer));
        return MessageResult.Done;
    }

    /// <summary>Whether a contract of the two is in force today.</summary>
    internal static async Task<bool> HasContract(Session session, Access access, string employer, Organization unit)
    {
        var today = FinnishTime.DateOf(session.Now);
        return (await FindContracts.Of(session, access, unit.Id, [employer], patient: null, today))
            .Any(contract => contract.IsInForceOn(today));
    }
}
