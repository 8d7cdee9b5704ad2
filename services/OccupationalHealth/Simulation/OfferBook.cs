using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>Whose unit it is: a county's, or an occupational-health provider's.</summary>
/// <param name="Region">Code of the county; null for a provider's.</param>
internal sealed record OwnedUnit(string? Region, OfferedUnit Unit);

/// <summary>The catalogue of an alternative: what a person's county and the providers of the contracts offer.</summary>
internal sealed class OfferBook
{
    // As many as there are counties and providers, however many cases.
    private readonly Dictionary<string, Dictionary<string, RegionOffer>> known = new(StringComparer.Ordinal);
    private readonly OwnedUnit[] units;

    public OfferBook(string name, IEnumerable<OwnedUnit> owned) =>
        (Name, units) = (name, [.. owned.OrderBy(one => one.Unit.Id, StringComparer.Ordinal)]);

    public string Name { get; }

    public RegionOffer Of(string? region, IReadOnlyList<ContractScope> contracts)
    {
        if (contracts.Count > 1 && contracts.Any(contract => contract.Provider != contracts[0].Provider))
            return Make(region, [.. contracts.Select(contract => contract.Provider)]);
        var provider = contracts.Count > 0 ? contracts[0].Provider : null;
        if (!known.TryGetValue(region ?? "", out var byProvider))
            known[region ?? ""] = byProvider = new(StringComparer.Ordinal);
        if (!byProvider.TryGetValue(provider ?? "", out var offer))
            byProvider[provider ?? ""] = offer = Make(region, provider is null ? [] : [provider]);
        return offer;
    }

    private RegionOffer Make(string? region, IReadOnlyList<string> providers) => new(null,
    [
        .. units.Where(one => one.Region is { } owner
            ? owner == region
            : one.Unit.Provider is { } provider && providers.Contains(provider)).Select(one => one.Unit),
    ]);
}
