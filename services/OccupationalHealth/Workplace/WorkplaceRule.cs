using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Workplace;

/// <summary>
/// A workplace as a Group: it has no members, and the characteristic <c>workplace</c> tells which it is. It is the
/// subject of all that is agreed and measured at level 1.
/// </summary>
public sealed class WorkplaceRule : IWriteRule<Group>
{
    private const string Characteristic = "workplace";

    public Task<Refusal?> Check(Write<Group> write, CancellationToken cancel)
    {
        List<FhirIssue> faults = [.. Faults(write.Proposed), .. NoPerson.Faults(write.Proposed)];
        return Task.FromResult(faults.Count > 0 ? Refusal.BadRequest(faults) : null);
    }

    /// <summary>The workplace that a reference names; null for anything else.</summary>
    internal static async Task<Group?> Of(Session session, Access access, ResourceReference? reference) =>
        reference?.TryGetLocal(out var type, out var id) == true && type == "Group"
            ? await session.Resources.Get<Group>(access, id)
            : null;

    private static IEnumerable<FhirIssue> Faults(Group group)
    {
        if (group.Member.Count > 0)
            yield return Refusal.Issue(IssueType.BusinessRule, "Group.member", "A workplace lists nobody.");
        if (group.Type is not GroupType.Person || group.Actual is not true)
            yield return Refusal.Issue(IssueType.Value, "Group.type", "A workplace is an actual group of type person.");
        if (string.IsNullOrWhiteSpace(group.Name))
            yield return Refusal.Issue(IssueType.Required, "Group.name", "The workplace has a name.");
        if (group.Characteristic is not [{ Exclude: false } only] || only.Code?.Has(Terms.Workplace, Characteristic) != true)
            yield return Refusal.Issue(IssueType.Required, "Group.characteristic",
                $"One characteristic, {Characteristic} of {Terms.Workplace}: by nothing else are people chosen.");
        if (group.ManagingEntity?.TryGetLocal(out var type, out _) != true || type != "Organization")
            yield return Refusal.Issue(IssueType.Required, "Group.managingEntity",
                "The Organization of this base whose workplace it is.");
    }
}
