using Fhir;
using Messages.Catalogue;
using ServiceKit.Rest;

namespace OccupationalHealth.Catalogue;

/// <summary>A unit is stored only when placement can read it; every fault is named.</summary>
public sealed class HealthcareServiceRule : IWriteRule<HealthcareService>
{
    public async Task<Refusal?> Check(Write<HealthcareService> write, CancellationToken cancel)
    {
        List<FhirIssue> faults = [.. UnitReading.Read(write.Proposed).Faults];
        if (string.IsNullOrWhiteSpace(write.Proposed.Name))
            faults.Add(Refusal.Issue(IssueType.Required, "HealthcareService.name", "People see the unit by its name."));
        if (write.Proposed.ProvidedBy?.TryGetLocal(out _, out var id) == true
            && await write.Session.Resources.Get<Organization>(write.Access, id) is null)
            faults.Add(Refusal.Issue(
                IssueType.NotFound, "HealthcareService.providedBy", "This base has no such Organization."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        // Whoever writes it here tells it now, whatever its region told before.
        CatalogueUnits.SetAsOf(write.Proposed, null);
        await CopyGrowsOld.Watch(write.Session, write.Proposed, write.Session.Now);
        return null;
    }
}
