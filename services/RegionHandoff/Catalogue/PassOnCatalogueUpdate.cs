using Fhir;
using Messages;
using Messages.Catalogue;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace RegionHandoff.Catalogue;

/// <summary>
/// <c>catalogue-update</c>: a region tells what one of its units offers, from when on, for whom, and how long one waits;
/// withdrawn is told as not active. It is kept and passed on to occupational health in one transaction. What is older
/// than what is kept is refused.
/// </summary>
public sealed class PassOnCatalogueUpdate : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var code = Region.CodeOf(message.Access) ?? Region.CodeOf(message.Bundle, message.Header.Sender);
        var region = code is null ? null : await Region.Find(session, message.Access, code);
        List<FhirIssue> faults = [.. CatalogueFaults.Of(message, session.Now)];
        if (region is null)
            faults.Add(Refusal.Issue(IssueType.Required, $"{message.PathOf(message.Header)}.sender",
                "The sender is a region of this directory: what it offers is its own."));
        if (faults.Count > 0) return new MessageResult.Refused(Refusal.BadRequest(faults));

        var sent = message.Focus<HealthcareService>()!;
        var known = await new RegionUnits(session, message.Access).WithNumberOf(sent, region!.Code);
        if (known is not null && CatalogueUnits.AsOf(known) > sent.Meta!.LastUpdated)
            return new MessageResult.Refused(Refusal.Conflict($"{message.PathOf(sent)}.meta.lastUpdated",
                "What this unit offers was told later than this before."));

        var unit = await Store(message, session, region, sent, known);
        await TellOccupationalHealth.Of(session, unit, region.Code,
            (bundle, told) => Origin.Add(bundle, told, message, session.Now));
        return MessageResult.Done;
    }

    private static async Task<HealthcareService> Store(
        ReceivedMessage message, Session session, Region region, HealthcareService sent, HealthcareService? known)
    {
        var filing = new Filing(message, session) { ForgetsUnknown = true };
        filing.Keep(sent, known?.Id ?? ResourceStore.NewId());
        var unit = filing.Copy(sent);
        unit.ProvidedBy = new ResourceReference($"Organization/{region.Organization.Id}");
        CatalogueUnits.SetAsOf(unit, sent.Meta!.LastUpdated);
        if (known is null) await session.Resources.Create(message.Access, unit);
        else await session.Resources.Update(message.Access, unit);
        return unit;
    }
}
