using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>employment-status-update</c>, which IpsCoaching sends by the person's consent: a new Observation with its own
/// period (IHE PCC ODH). The former one is closed, never overwritten.
/// </summary>
public sealed class RecordEmploymentStatus : IMessageHandler
{
    private const string EmploymentStatusCode = "74165-2";

    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (message.Focus<Observation>() is not { } status
            || message.Resolve<Patient>(status.Subject) is not { } patient
            || status.Effective is not Period { StartElement: { } start }
            || status.Code?.Has(Systems.Loinc, EmploymentStatusCode) != true)
            return new MessageResult.Refused(Refusal.BadRequest(Refusal.Issue(
                IssueType.Invariant, $"{message.PathOf(message.Header)}.focus",
                $"The focus is an Observation {EmploymentStatusCode} with a Patient of the message and a period.")));

        var filing = new Filing(message, session);
        await filing.Place();
        await session.Lock($"{message.Access.Tenant}|Patient/{filing.IdOf(patient)}");
        await CloseFormer(session, message.Access, filing.IdOf(patient), start);
        await filing.Store();
        await ShowOnPlans(session, message.Access, filing.IdOf(patient), filing.ReferenceTo(status));
        return MessageResult.Done;
    }

    // Whoever cares for the person sees the change where the care is planned.
    private static async Task ShowOnPlans(
        Session session, Access access, string patient, ResourceReference status)
    {
        foreach (var plan in await session.Resources.FindByReference<CarePlan>(access, "subject", "Patient", patient))
        {
            if (plan.Status is not (RequestStatus.Draft or RequestStatus.Active or RequestStatus.OnHold))
                continue;
            plan.SupportingInfo.Add(status.Clone());
            await session.Resources.Update(access, plan);
        }
    }

    private static async Task CloseFormer(Session session, Access access, string patient, FhirDateTime start)
    {
        var page = await session.Resources.Search(access, new SearchQuery("Observation")
        {
            Clauses =
            [
                new SearchClause.Reference("patient", [new TokenValue("Patient", patient)]),
                new SearchClause.Token("code", [new TokenValue(Systems.Loinc, EmploymentStatusCode)]),
            ],
        });
        foreach (var former in page.Matches.Select(match => match.As<Observation>()))
        {
            if (former.Effective is not Period { EndElement: null } period)
                continue;
            period.EndElement = start.Clone();
            await session.Resources.Update(access, former);
        }
    }
}
