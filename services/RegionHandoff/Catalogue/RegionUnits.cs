using Fhir;
using Messages.Catalogue;
using RegionHandoff.Regions;
using ServiceKit.Storage;

namespace RegionHandoff.Catalogue;

/// <summary>Whose a unit is: a region's, or that of a part of it. Two regions may number their units in the same way.</summary>
internal sealed class RegionUnits(Session session, Access access)
{
    /// <summary>The county code of the region whose organisation, or part of it, provides a unit; null for any other.</summary>
    public async Task<string?> RegionOf(ResourceReference? provider)
    {
        HashSet<string> seen = [];
        while (provider?.TryGetLocal(out var type, out var id) == true && type == "Organization" && seen.Add(id!)
            && await session.Resources.Get<Organization>(access, id!) is { } organization)
        {
            if (Region.CodeOf(organization) is { } code)
                return code;
            provider = organization.PartOf;
        }

        return null;
    }

    /// <summary>Locks the numbers of a unit, and finds the one that has one of them already in that region.</summary>
    /// <param name="unit">Its own id, where it has one, does not count.</param>
    /// <param name="region">County code.</param>
    public async Task<HealthcareService?> WithNumberOf(HealthcareService unit, string region)
    {
        var numbers = CatalogueUnits.Numbers(unit).ToList();
        if (numbers.Count == 0)
            return null;
        foreach (var number in numbers)
            await session.Lock(access, number);
        foreach (var other in await session.Resources.FindAll<HealthcareService>(access, new SearchClause.Token(
            "identifier", [.. numbers.Select(number => new TokenValue(number.System, number.Value))])))
            if (other.Id != unit.Id && await RegionOf(other.ProvidedBy) == region)
                return other;
        return null;
    }
}
