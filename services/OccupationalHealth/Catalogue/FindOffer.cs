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
    /// <param name="session">Where to look.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="region">Id of the region's Organization; null where it is not known here.</param>
    /// <param name="contracts">Whose providers' units are looked for.</param>
    public static async Task<RegionOffer> Of(
        Session session, Access access, string? region, IReadOnlyList<ContractScope> contracts)
    {
        List<OfferedUnit> offered = [];
        foreach (var owner in contracts.Select(contract => contract.Provider).Append(region).OfType<string>().Distinct())
            offered.AddRange(await UnitsOf(session, access, owner));
        return new RegionOffer(
            // The oldest part tells how old the copy is.
            offered.Min(unit => unit.LearntOn),
            [.. offered.OrderBy(unit => unit.Id, StringComparer.Ordinal)]);
    }

    private static Task<IReadOnlyList<OfferedUnit>> UnitsOf(Session session, Access access, string owner) =>
        session.Registers.Of<IReadOnlyList<OfferedUnit>>((typeof(OfferedUnit), access, owner), async () =>
            [.. (await session.Resources.FindByReference<HealthcareService>(
                    access, "organization", "Organization", owner))
                .Where(service => service.Active is not false)
                .Select(service => UnitReading.Read(service).Unit).OfType<OfferedUnit>()]);
}
