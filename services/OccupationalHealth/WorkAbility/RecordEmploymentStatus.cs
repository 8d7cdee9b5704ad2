using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>employment-status-update</c>, which IpsCoaching sends by the person's consent to the one unit that the consent
/// names: a new Observation with its own period (IHE PCC ODH), or that one sent before was wrong.
/// </summary>
public sealed class RecordEmploymentStatus : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (Faults(message) is { Count: > 0 } faults)
            return new MessageResult.Refused(Refusal.BadRequest(faults));
        var status = message.Focus<Observation>()!;
        var patient = message.Resolve<Patient>(status.Subject)!;
        var filing = new Filing(message, session);
        await filing.Find(message.Content);
        var person = filing.IdOf(patient);
        await session.Lock(message.Access, "Patient", person);
        if (await new Units(session, message.Access).KnownProvider(message.Header.Destination[0].Receiver, person)
            is not { } unit)
            return new MessageResult.Refused(new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(
                IssueType.NotFound, ReceiverOf(message), "No occupational-health provider is known by it here.")]));

        var statuses = await EmploymentStatuses.Of(session, message.Access, person);
        var sameDay = statuses.BegunWith(status);
        var known = sameDay is not null && EmploymentStatuses.HaveSameValue(sameDay, status) ? sameDay : null;
        if (IsWithdrawn(message, status))
        {
            // What was never told here, or told and withdrawn to another unit before, leaves nothing to do.
            if (known is not null)
                await statuses.Withdraw(known);
            return MessageResult.Done;
        }

        if (known is not null)
            filing.Keep(status, known.Id!);
        else if (sameDay is not null)
            return new MessageResult.Refused(Refusal.Conflict($"{message.PathOf(status)}.effective.start",
                "Another status begins on the same day: withdraw that one first if it is wrong."));
        await filing.Store(except: [status]);
        if (known is null)
            await statuses.Begin(filing.Copy(status));
        await new ShowEmploymentStatus(session, message.Access, unit).Of(person, filing.ReferenceTo(status));
        return MessageResult.Done;
    }

    private static bool IsWithdrawn(ReceivedMessage message, Observation status) =>
        status.Status is ObservationStatus.EnteredInError || message.Reason is MessageReasons.Cancel;

    private static List<FhirIssue> Faults(ReceivedMessage message)
    {
        List<FhirIssue> faults = [];
        if (message.Focus<Observation>() is not { } status
            || message.Resolve<Patient>(status.Subject) is null
            || status.Effective is not Period { StartElement: not null, EndElement: null } period
            || FinnishTime.DateOf(period.StartElement) is null
            || status.Code?.Has(Systems.Loinc, EmploymentStatuses.Code) != true)
            faults.Add(Refusal.Issue(
                IssueType.Invariant, $"{message.PathOf(message.Header)}.focus",
                $"The focus is an Observation {EmploymentStatuses.Code} with a Patient of the message and a period "
                + "that has a start and no end."));
        if (message.Header.Destination is not [{ Receiver.Identifier: not null }])
            faults.Add(Refusal.Issue(
                IssueType.Required, ReceiverOf(message),
                "One unit is named by identifier: the one that may be told."));
        return faults;
    }

    private static string ReceiverOf(ReceivedMessage message) =>
        $"{message.PathOf(message.Header)}.destination.receiver";
}
