using Fhir;
using Messages;
using Messages.Catalogue;
using RegionHandoff.Regions;
using ServiceKit.Storage;

namespace RegionHandoff.Catalogue;

/// <summary>
/// A unit on its way to occupational health, whoever changed it here: in the transaction that keeps it, with the time at
/// which it was told.
/// </summary>
internal static class TellOccupationalHealth
{
    /// <summary>The unit's own number here, by which its copies are found when the region has given it none.</summary>
    private static readonly string UnitNumber = Canonicals.Sid("catalogue-unit");

    /// <param name="session">The transaction in which the unit is kept.</param>
    /// <param name="kept">The unit as it is kept here.</param>
    /// <param name="region">County code of the region whose unit it is.</param>
    /// <param name="complete">Adds to the message before it leaves.</param>
    public static Task Of(
        Session session, HealthcareService kept, string region, Action<Bundle, HealthcareService>? complete = null)
    {
        var unit = kept.Clone();
        unit.Meta = new Meta { LastUpdated = CatalogueUnits.AsOf(kept) };
        unit.ProvidedBy = new ResourceReference
        {
            Type = "Organization", Identifier = new Identifier(Systems.Region, region),
        };
        unit.Identifier.RemoveAll(identifier => identifier.System == UnitNumber);
        unit.Identifier.Add(new Identifier(UnitNumber, kept.Id));
        var bundle = MessageBundle.Compose(
            Events.CatalogueUpdate, ServiceNames.RegionHandoff, session.Now, unit, [unit]);
        bundle.MessageHeader().Sender = unit.ProvidedBy.Clone();
        complete?.Invoke(bundle, unit);
        // The order of a unit's news is that of a journey of its own.
        return session.Outbox.Enqueue<CatalogueUpdate>(bundle, kept.Id!, ServiceNames.RegionHandoff);
    }
}
