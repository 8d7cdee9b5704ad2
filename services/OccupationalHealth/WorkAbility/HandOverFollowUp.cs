using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>POST Task/{id}/$hand-over</c>: the worker's employer has changed. Parameters: <c>receiver</c> (Identifier of the
/// new employer's occupational health) and <c>consent</c> (the worker's Consent, which permits that unit by identifier:
/// two registers are two controllers). Answers the Task of the new unit.
/// </summary>
public static class HandOverFollowUp
{
    public static void MapHandOverFollowUp(this RouteGroupBuilder group) => group.MapParameters(
        "/Task/{id}/$hand-over", (session, access, context, input) =>
            HandOver(session, access, (string)context.Request.RouteValues["id"]!, input));

    private static async Task<(Resource? Answer, Refusal? Refusal)> HandOver(
        Session session, Access access, string id, Parameters input)
    {
        if (await session.Resources.Get<FhirTask>(access, id) is not { } found || !FollowUps.IsFollowUp(found))
            return (null, Refusal.NotFound("There is no follow-up of this id."));
        found.For!.TryGetLocal(out _, out var person);
        await session.Lock(access, "Patient", person!);
        await session.Lock($"{access.Tenant}|follow-up/{person}");
        var former = (await session.Resources.Get<FhirTask>(access, id))!;
        var receiver = input.Value<Identifier>("receiver");
        var unit = receiver is { System: not null, Value: not null }
            ? await new Units(session, access).KnownProvider(new ResourceReference { Identifier = receiver }, person!)
            : null;
        var consent = input.Parameter.Find(part => part.Name == "consent")?.Resource as Consent;
        List<FhirIssue> faults = [];
        if (unit is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "Parameters.parameter('receiver')",
                "The receiver is an occupational-health provider that is known here, named by its Identifier."));
        var patient = (await session.Resources.Get<Patient>(access, person!))!;
        faults.AddRange(ConsentToMove.Faults(consent, patient, receiver, session.Now));
        if (faults.Count > 0)
            return (null, Refusal.BadRequest(faults));
        if (!TaskMoves.IsOpen(former.Status))
            return (null, Refusal.Conflict("Task.status", "This follow-up has ended."));
        if ((await new FollowUps(session, access).Open(person!)).Exists(task => Units.Is(task.Owner, unit!)))
            return (null, Refusal.Conflict("Parameters.parameter('receiver')", "This unit follows up already."));

        consent!.Id = ResourceStore.NewId();
        consent.Patient = former.For!.Clone();
        await session.Resources.Create(access, consent);
        return (await session.Resources.Create(access, Successor(former, unit!, consent, session.Now)), null);
    }

    private static FhirTask Successor(FhirTask former, Organization unit, Consent consent, DateTimeOffset now)
    {
        var task = former.Clone();
        (task.Id, task.Meta) = (ResourceStore.NewId(), null);
        task.Identifier = [new Identifier(Systems.TaskNumber, task.Id)];
        (task.Status, task.BusinessStatus, task.StatusReason) = (TaskStatus.Requested, null, null);
        (task.Output, task.Note, task.Requester) = ([], [], former.Owner?.Clone());
        task.Owner = Units.Named(new ResourceReference($"Organization/{unit.Id}"), unit);
        task.Input = [new FhirTask.ParameterComponent
        {
            Type = new CodeableConcept(Terms.TaskInput, "consent"),
            Value = new ResourceReference($"Consent/{consent.Id}"),
        }];
        FollowUpHandover.Mark(task, former);
        (task.AuthoredOnElement, task.LastModifiedElement) = (new FhirDateTime(now), new FhirDateTime(now));
        return task;
    }
}
