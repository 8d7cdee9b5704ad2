using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;

namespace OccupationalHealth.Workplace;

/// <summary>
/// What a workplace and its occupational health agree on (level 1): a CarePlan whose subject is the workplace, each
/// measure an activity with a last day. Plans of persons come by referrals.
/// </summary>
public sealed class WorkplacePlanRule : IWriteRule<CarePlan>
{
    public async Task<Refusal?> Check(Write<CarePlan> write, CancellationToken cancel)
    {
        var plan = write.Proposed;
        if (write.Current is { } current
            && current.Subject?.Reference?.StartsWith("Group/", StringComparison.Ordinal) != true)
            return new Refusal(405, "SEND_METHOD_NOT_ALLOWED",
                [Refusal.Issue(IssueType.NotSupported, "CarePlan", "The plan of a person comes by its referral.")]);
        List<FhirIssue> faults = [.. NoPerson.Faults(plan), .. Faults(plan)];
        if (await WorkplaceRule.Of(write.Session, write.Access, plan.Subject) is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "CarePlan.subject", "The subject is a Group of this base."));
        if (plan.Author?.TryGetLocal(out var type, out var id) != true || type != "Organization"
            || await write.Session.Resources.Get<Organization>(write.Access, id) is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, "CarePlan.author",
                "The author is the occupational health that follows the measures up, an Organization of this base."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        plan.Category = [Texts.Concept(CareLevel.Level1)];
        await WorkplaceMeasureDue.Watch(write.Session, plan);
        return null;
    }

    private static IEnumerable<FhirIssue> Faults(CarePlan plan)
    {
        if (plan.Addresses.Count > 0)
            yield return Refusal.Issue(IssueType.BusinessRule, "CarePlan.addresses", "A workplace has no Condition.");
        if (plan.Contained.Count > 0)
            yield return Refusal.Issue(IssueType.NotSupported, "CarePlan.contained", "A plan brings nothing along.");
        if (plan.Activity.Count == 0)
            yield return Refusal.Issue(IssueType.Required, "CarePlan.activity", "At least one measure is agreed.");
        for (var i = 0; i < plan.Activity.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(plan.Activity[i].Detail?.Description))
                yield return Refusal.Issue(IssueType.Required, $"CarePlan.activity[{i}].detail.description",
                    "What is done.");
            if (WorkplaceMeasureDue.LastDayOf(plan.Activity[i]) is null)
                yield return Refusal.Issue(IssueType.Required, $"CarePlan.activity[{i}].detail.scheduled",
                    "A Period whose end is the day by which it is done.");
        }
    }
}
