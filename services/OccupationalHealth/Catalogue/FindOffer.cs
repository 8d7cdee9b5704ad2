using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.Catalogue;

/// <summary>
/// The local copy of what the responsible region and the occupational-health providers of the contracts offer.
/// </summary>
internal static class FindOffer
{
    public static async Task<RegionOffer> Of(
        Session session, Access access, string? region, IReadOnlyList<ContractScope> contracts)
    {
        List<string> owners = [.. contracts.Select(contract => contract.Provider).Distinct()];
        if (region is not null && await session.Resources.FindByToken<Organization>(
            access, "identifier", Systems.Region, region) is { } county)
            owners.Add(county.Id!);

        List<HealthcareService> services = [];
        foreach (var owner in owners)
            services.AddRange(await session.Resources.FindByReference<HealthcareService>(
                access, "organization", "Organization", owner));

        var offered = services.Where(service => service.Active is not false)
            .Select(service => UnitReading.Read(service).Unit).OfType<OfferedUnit>().ToList();
        return new RegionOffer(
            // The oldest part tells how old the copy is.
            offered.Min(unit => unit.LearntOn),
            [.. offered.OrderBy(unit => unit.Id, StringComparer.Ordinal)]);
    }
}
