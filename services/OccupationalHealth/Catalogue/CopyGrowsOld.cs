using Fhir;
using Messages;
using Messages.Catalogue;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;
using Reasons = OccupationalHealth.Placement.Reasons;

namespace OccupationalHealth.Catalogue;

/// <summary>
/// Nobody has told of a unit for longer than its copy counts as fresh: the stored unit says so, until it is told again.
/// </summary>
public sealed class CopyGrowsOld : ITimerHandler
{
    public const string Kind = "catalogue-copy-grows-old";

    /// <summary>Begins anew: the unit, which is about to be stored, was told at a time.</summary>
    internal static async Task Watch(Session session, HealthcareService unit, DateTimeOffset told)
    {
        unit.Extension.RemoveAll(extension => extension.Url == Terms.CatalogueStaleExtension);
        if (IsOld(told, session.Now))
            Mark(unit, told);
        else
            await session.Timers.Set(Kind, unit.TypeName, unit.Id!, FreshUntil(told, session.Now).AddSeconds(1));
    }

    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await session.Resources.Get<HealthcareService>(access, timer.ResourceId) is not { } unit
            || CatalogueUnits.AsOf(unit) is not { } told || !IsOld(told, session.Now))
            return;
        // By this it is not told anew.
        CatalogueUnits.SetAsOf(unit, told);
        Mark(unit, told);
        await session.Resources.Update(access, unit);
    }

    private static bool IsOld(DateTimeOffset told, DateTimeOffset now) => FreshUntil(told, now) < now;

    private static DateTimeOffset FreshUntil(DateTimeOffset told, DateTimeOffset now) => FinnishTime.EndOf(
        FinnishTime.DateOf(told).AddDays(PlacementRules.InForceOn(FinnishTime.DateOf(now)).CatalogueFreshDays));

    private static void Mark(HealthcareService unit, DateTimeOffset told)
    {
        unit.Extension.RemoveAll(extension => extension.Url == Terms.CatalogueStaleExtension);
        unit.Extension.Add(new Extension
        {
            Url = Terms.CatalogueStaleExtension,
            Value = Texts.Concept(Reasons.CatalogueStale.On(FinnishTime.DateOf(told))),
        });
    }
}
