using Fhir;
using Messages;
using Messages.Catalogue;
using ServiceKit.Rest;

namespace RegionHandoff.Catalogue;

/// <summary>
/// What a region offers: whose it is, what it is called, and which method or kind of service it is. What is written here
/// is told to occupational health like what comes by <c>catalogue-update</c>, as told now.
/// </summary>
public sealed class HealthcareServiceRule : IWriteRule<HealthcareService>
{
    private const string Path = "HealthcareService";

    public async Task<Refusal?> Check(Write<HealthcareService> write, CancellationToken cancel)
    {
        var (session, access, service) = (write.Session, write.Access, write.Proposed);
        var units = new RegionUnits(session, access);
        List<FhirIssue> faults = [.. CatalogueFaults.OfUnit(service, Path)];
        if (!service.Type.Any(type => type.Coding.Any(coding => coding.Code is not null) || type.Text is not null))
            faults.Add(Refusal.Issue(IssueType.Required, $"{Path}.type",
                $"Give the method, a code of {Systems.Method}, or the kind of service as text."));
        var region = await units.RegionOf(service.ProvidedBy);
        if (region is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, $"{Path}.providedBy",
                "The provider must be an organisation of this directory: a region or a part of one."));
        else if (write.Current is { } current
            && await units.RegionOf(current.ProvidedBy) is { } former && former != region)
            faults.Add(Refusal.Issue(IssueType.BusinessRule, $"{Path}.providedBy",
                "A unit stays in its region: withdraw it with active false, and tell the other region's as a new one."));
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        if (await units.WithNumberOf(service, region!) is not null)
            return Refusal.Conflict($"{Path}.identifier", "Another unit of this region has this number.");

        CatalogueUnits.SetAsOf(service, session.Now);
        await TellOccupationalHealth.Of(session, service, region!);
        return null;
    }
}
