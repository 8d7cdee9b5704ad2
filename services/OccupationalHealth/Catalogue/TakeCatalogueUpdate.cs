using Fhir;
using Messages;
using Messages.Catalogue;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Catalogue;

/// <summary>
/// <c>catalogue-update</c>: a region has told what a unit offers. It is kept as a copy with its age; what is older than
/// the copy changes nothing.
/// </summary>
public sealed class TakeCatalogueUpdate : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (message.Focus<HealthcareService>() is not { Meta.LastUpdated: { } told } sent
            || message.Header.Sender?.Identifier is not { System: Systems.Region, Value: { } region })
            return new MessageResult.Refused(Refusal.BadRequest(Refusal.Issue(IssueType.Required, "Bundle",
                "The focus is a HealthcareService with the time at which its region, the sender, told it.")));

        var owner = await new Units(session, message.Access).Region(region);
        foreach (var number in CatalogueUnits.Numbers(sent))
            await session.Lock(message.Access, number);
        var known = await Known(session, message.Access, owner, sent);
        if (known is not null && CatalogueUnits.AsOf(known) > told)
            return MessageResult.Done;

        var unit = sent.Clone();
        unit.Id = known?.Id ?? ResourceStore.NewId();
        unit.Meta = new Meta { Source = message.Header.Source?.Endpoint };
        unit.ProvidedBy = owner;
        CatalogueUnits.SetAsOf(unit, told);
        if (UnitReading.Read(unit).Faults is { Count: > 0 } faults)
            return new MessageResult.Refused(Refusal.BadRequest(faults));
        await CopyGrowsOld.Watch(session, unit, told);
        if (known is null)
            await session.Resources.Create(message.Access, unit);
        else
            await session.Resources.Update(message.Access, unit);
        return MessageResult.Done;
    }

    // Another region may number its units in the same way.
    private static async Task<HealthcareService?> Known(
        Session session, Access access, ResourceReference owner, HealthcareService sent)
    {
        List<TokenValue> numbers = [.. CatalogueUnits.Numbers(sent).Select(n => new TokenValue(n.System, n.Value))];
        return numbers.Count == 0 || !owner.TryGetLocal(out var type, out var id)
            ? null
            : (await session.Resources.FindAll<HealthcareService>(access,
                new SearchClause.Token("identifier", numbers),
                new SearchClause.Reference("organization", [new TokenValue(type, id)]))).FirstOrDefault();
    }
}
