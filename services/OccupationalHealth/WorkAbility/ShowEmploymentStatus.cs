using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// Lets one unit see a status where it plans the person's care or follows up the ability to work. Other units' plans
/// and Tasks stay as they are: the person's consent names this unit alone.
/// </summary>
internal sealed class ShowEmploymentStatus(Session session, Access access, Organization unit)
{
    public async Task Of(string person, ResourceReference status)
    {
        foreach (var plan in await session.Resources.FindByReference<CarePlan>(access, "subject", "Patient", person))
        {
            if (plan.Status is not (RequestStatus.Draft or RequestStatus.Active or RequestStatus.OnHold)
                || !Units.Is(plan.Author, unit)
                || plan.SupportingInfo.Exists(info => info.Reference == status.Reference))
                continue;
            plan.SupportingInfo.Add(status.Clone());
            await session.Resources.Update(access, plan);
        }

        foreach (var task in await session.Resources.FindByReference<FhirTask>(access, "subject", "Patient", person))
        {
            if (task.Code?.Has(Systems.TaskKind, TaskKinds.WorkAbilityFollowUp) != true
                || !TaskMoves.IsOpen(task.Status) || !Units.Is(task.Owner, unit)
                || task.Input.Exists(input => (input.Value as ResourceReference)?.Reference == status.Reference))
                continue;
            task.Input.Add(new FhirTask.ParameterComponent
            {
                Type = new CodeableConcept(Terms.TaskInput, Terms.EmploymentStatus), Value = status.Clone(),
            });
            task.LastModifiedElement = new FhirDateTime(session.Now);
            await session.Resources.Update(access, task);
        }
    }
}
