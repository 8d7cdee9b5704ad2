using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>Tasks of the follow-up that no placement made.</summary>
internal static class WorkAbilityTask
{
    public static FhirTask New(
        string kind, Wording text, string person, ResourceReference owner, string journey, DateTimeOffset now)
    {
        var id = ResourceStore.NewId();
        return new FhirTask
        {
            Id = id,
            Language = "fi",
            Identifier = [new Identifier(Systems.TaskNumber, id)],
            GroupIdentifier = new Identifier(Systems.Journey, journey),
            Status = TaskStatus.Requested,
            Intent = TaskIntent.Order,
            Priority = RequestPriority.Routine,
            Code = new CodeableConcept(Systems.TaskKind, kind),
            DescriptionElement = Texts.Text(text),
            For = new ResourceReference($"Patient/{person}"),
            AuthoredOnElement = new FhirDateTime(now),
            LastModifiedElement = new FhirDateTime(now),
            Owner = owner.Clone(),
        };
    }

    /// <summary>The follow-up of a unit that something beside a placement calls for.</summary>
    public static FhirTask FollowUp(
        string person, Organization unit, string calledForBy, string journey, DateTimeOffset now)
    {
        var task = New(TaskKinds.WorkAbilityFollowUp, Texts.FollowUp, person,
            Units.Named(new ResourceReference($"Organization/{unit.Id}"), unit), journey, now);
        task.Input.Add(new FhirTask.ParameterComponent
        {
            Type = new CodeableConcept(Terms.TaskInput, Terms.CalledForBy), Value = new Code(calledForBy),
        });
        return task;
    }
}
