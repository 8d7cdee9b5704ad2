using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;
using ServiceKit.Storage;
using KitReferences = ServiceKit.Messaging.References;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// The record of a negotiation in occupational health (työterveysneuvottelu): employee, supervisor and occupational
/// health agree on measures at work. It holds no diagnosis, since the employer takes part; the worker releases each
/// measure by itself. Which employer took part is told by an extension <c>employer</c>; without it no employer is told.
/// </summary>
public sealed class NegotiationRule : IWriteRule<Encounter>
{
    public const string Type = "work-ability-negotiation";
    private const string Employee = "employee", Supervisor = "supervisor", OccupationalHealth = "occupational-health";

    private static readonly Wording Name = new(
        "Työterveysneuvottelu", "Företagshälsoförhandling", "Negotiation in occupational health");

    public async Task<Refusal?> Check(Write<Encounter> write, CancellationToken cancel)
    {
        var meeting = write.Proposed;
        List<FhirIssue> faults = [.. Faults(meeting)];
        if (!meeting.Type.Exists(type => type.Has(Terms.EncounterType, Type)))
            faults.Add(Refusal.Issue(IssueType.CodeInvalid, "Encounter.type",
                $"Here an Encounter is a {Type} of {Terms.EncounterType}."));
        var person = await Known<Patient>(write, meeting.Subject, "Encounter.subject", faults);
        var unit = await Known<Organization>(write, meeting.ServiceProvider, "Encounter.serviceProvider", faults);
        for (var i = 0; i < meeting.Extension.Count; i++)
            if (meeting.Extension[i].Url == Terms.EmployerExtension)
                await Known<Organization>(
                    write, meeting.Extension[i].Value as ResourceReference, $"Encounter.extension[{i}].value", faults);
        if (write.Current is { } current && current.Subject?.Reference != meeting.Subject?.Reference)
            faults.Add(Refusal.Issue(IssueType.BusinessRule, "Encounter.subject", "A negotiation stays with its worker."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        meeting.Type = [new CodeableConcept { Coding = [Texts.Coding(Terms.EncounterType, Type, Name)] }];
        if (meeting.Status is EncounterStatus.Finished)
            await ShowOnFollowUp(write, person!, unit!);
        return null;
    }

    private static IEnumerable<FhirIssue> Faults(Encounter meeting)
    {
        foreach (var (isThere, place) in new[]
        {
            (meeting.ReasonCode.Count > 0, "reasonCode"), (meeting.ReasonReference.Count > 0, "reasonReference"),
            (meeting.Diagnosis.Count > 0, "diagnosis"), (meeting.Contained.Count > 0, "contained"),
            (meeting.Text is not null, "text"), (meeting.Hospitalization is not null, "hospitalization"),
            (KitReferences.In(meeting).Any(reference =>
                reference.Reference?.Contains("Condition/", StringComparison.Ordinal) == true), ""),
        })
            if (isThere)
                yield return Refusal.Issue(
                    IssueType.BusinessRule, place.Length == 0 ? "Encounter" : $"Encounter.{place}",
                    "The employer takes part: nobody is told a diagnosis or a reason of care.");
        foreach (var party in (string[])[Employee, Supervisor, OccupationalHealth])
            if (!meeting.Participant.Exists(one => one.Type.Exists(type => type.Has(Terms.Party, party))))
                yield return Refusal.Issue(IssueType.Required, "Encounter.participant",
                    $"A participant is of type {party} of {Terms.Party}.");
        if (FinnishTime.DayOf(meeting.Period?.StartElement) is null)
            yield return Refusal.Issue(IssueType.Required, "Encounter.period.start", "When they meet.");
        for (var i = 0; i < meeting.Extension.Count; i++)
            if (meeting.Extension[i].Url == Terms.AgreedMeasureExtension && !IsMeasure(meeting.Extension[i]))
                yield return Refusal.Issue(IssueType.Required, $"Encounter.extension[{i}]",
                    "A measure has a text (string), and says whether the worker released it to the employer (released, "
                    + "boolean).");
    }

    /// <summary>Whether it is a measure that the worker has released to the employer.</summary>
    internal static bool IsReleased(Extension extension) => extension.Url == Terms.AgreedMeasureExtension
        && IsMeasure(extension) && extension.GetExtension("released")!.Value is FhirBoolean { Value: true };

    private static bool IsMeasure(Extension measure) =>
        measure.GetExtension("text")?.Value is FhirString { Value.Length: > 0 }
        && measure.GetExtension("released")?.Value is FhirBoolean { Value: not null };

    private static async Task ShowOnFollowUp(Write<Encounter> write, Patient person, Organization unit)
    {
        foreach (var task in await new FollowUps(write.Session, write.Access).Open(person.Id!))
        {
            var meeting = new ResourceReference($"Encounter/{write.Proposed.Id}");
            if (!Units.Is(task.Owner, unit)
                || task.Output.Exists(output => (output.Value as ResourceReference)?.Reference == meeting.Reference))
                continue;
            task.Output.Add(new FhirTask.OutputComponent
            {
                Type = new CodeableConcept(Systems.TaskOutput, Type), Value = meeting,
            });
            task.LastModifiedElement = new FhirDateTime(write.Session.Now);
            await write.Session.Resources.Update(write.Access, task);
        }
    }

    private static async Task<T?> Known<T>(
        Write<Encounter> write, ResourceReference? reference, string path, List<FhirIssue> faults)
        where T : Resource, new()
    {
        var found = reference?.TryGetLocal(out var type, out var id) == true && type == new T().TypeName
            ? await write.Session.Resources.Get<T>(write.Access, id)
            : null;
        if (found is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, path, $"This base has no such {new T().TypeName}."));
        return found;
    }
}
