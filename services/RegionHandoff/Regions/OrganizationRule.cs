using Fhir;
using Messages;
using Messages.Regions;
using ServiceKit.Rest;

namespace RegionHandoff.Regions;

/// <summary>An organisation of the directory is a region, known by its county code, or a part of one.</summary>
public sealed class OrganizationRule : IWriteRule<Organization>
{
    public async Task<Refusal?> Check(Write<Organization> write, CancellationToken cancel)
    {
        var faults = Faults(write.Proposed).ToList();
        if (faults.Count > 0) return Refusal.BadRequest(faults);
        if (Region.CodeOf(write.Proposed) is not { } code) return null;
        var holder = await write.Session.Resources.FindByToken<Organization>(
            write.Access, "identifier", Systems.Region, code);
        return holder is null || holder.Id == write.Proposed.Id
            ? null
            : Refusal.Conflict(
                "Organization.identifier", "Another organisation of the directory has this county code.");
    }

    private static IEnumerable<FhirIssue> Faults(Organization organization)
    {
        var codes = organization.Identifier.Where(identifier => identifier.System == Systems.Region).ToList();
        if (codes.Count == 0 && organization.PartOf is null)
            yield return Refusal.Issue(IssueType.Required, "Organization.identifier",
                $"A region needs its county code, of system {Systems.Region}; a part of one needs partOf.");
        if (codes.Count > 1)
            yield return Refusal.Issue(IssueType.Value, "Organization.identifier", "A region has one county code.");
        if (codes.Any(identifier => identifier.Value is null || RegionDirectory.Names(identifier.Value) is null))
            yield return Refusal.Issue(IssueType.CodeInvalid, "Organization.identifier.value",
                "The county code is not among those of the wellbeing services counties.");
        if (string.IsNullOrWhiteSpace(organization.Name))
            yield return Refusal.Issue(IssueType.Required, "Organization.name", "The directory shows names.");
    }
}
