using Fhir;
using ServiceKit.Rest;

namespace RegionHandoff.Catalogue;

/// <summary>What a region offers: whose it is, what it is called, and which method or kind of service it is.</summary>
public sealed class HealthcareServiceRule : IWriteRule<HealthcareService>
{
    public async Task<Refusal?> Check(Write<HealthcareService> write, CancellationToken cancel)
    {
        var service = write.Proposed;
        List<FhirIssue> faults = [];
        if (service.Active is null)
            faults.Add(Refusal.Issue(IssueType.Required, "HealthcareService.active",
                "Say whether the service is offered now."));
        if (string.IsNullOrWhiteSpace(service.Name))
            faults.Add(Refusal.Issue(IssueType.Required, "HealthcareService.name",
                "People see the service by its name."));
        if (!service.Type.Any(type => type.Coding.Any(coding => coding.Code is not null) || type.Text is not null))
            faults.Add(Refusal.Issue(IssueType.Required, "HealthcareService.type",
                $"Give the method, a code of {Messages.Systems.Method}, or the kind of service as text."));
        if (!await OfKnownOrganisation(write))
            faults.Add(Refusal.Issue(IssueType.NotFound, "HealthcareService.providedBy",
                "The provider must be an organisation of this directory."));
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }

    private static async Task<bool> OfKnownOrganisation(Write<HealthcareService> write) =>
        write.Proposed.ProvidedBy is { } reference
        && reference.TryGetLocal(out var type, out var id) && type == "Organization"
        && await write.Session.Resources.Get(write.Access, type, id) is not null;
}
