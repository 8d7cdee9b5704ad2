using Fhir;
using Messages;
using ServiceKit.Rest;

namespace OccupationalHealth.EmployerContracts;

/// <summary>Employers and providers are known by one identifier each, so that messages find them.</summary>
public sealed class OrganizationRule : IWriteRule<Organization>
{
    public async Task<Refusal?> Check(Write<Organization> write, CancellationToken cancel)
    {
        var organization = write.Proposed;
        List<FhirIssue> faults = [];
        if (string.IsNullOrWhiteSpace(organization.Name))
            faults.Add(Refusal.Issue(IssueType.Required, "Organization.name", "An organisation has a name."));
        if (!organization.Identifier.Any(identifier => identifier is { System: not null, Value: not null }))
            faults.Add(Refusal.Issue(IssueType.Required, "Organization.identifier",
                $"An organisation has an identifier with a system, such as {Systems.Organisation}."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        foreach (var identifier in organization.Identifier)
        {
            if (identifier is not { System: { } system, Value: { } value })
                continue;
            var holder = await write.Session.Resources.FindByToken<Organization>(
                write.Access, "identifier", system, value);
            if (holder is not null && holder.Id != organization.Id)
                return Refusal.Conflict("Organization.identifier", "Another organisation has this identifier.");
        }

        return null;
    }
}
