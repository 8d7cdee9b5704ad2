using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace IpsCoaching.Cases;

/// <summary>The units, professionals and roles that a message tells of; the rest is another's to file.</summary>
internal static class Professionals
{
    /// <summary>Finds their places; a role is known when the same professional has one in the same unit.</summary>
    public static async Task Find(Filing filing, ReceivedMessage message, Session session)
    {
        await filing.Find(message.Content.Where(entry => entry is Organization or Practitioner));
        foreach (var role in message.Bundle.All<PractitionerRole>())
            if (await KnownRole(role, filing, message, session) is { } id)
                filing.Keep(role, id);
        await filing.Find(message.Bundle.All<PractitionerRole>());
        foreach (var unit in message.Bundle.All<Organization>().Where(filing.IsKnown))
            await Complete(unit, filing, message.Access, session);
    }

    private static async Task<string?> KnownRole(
        PractitionerRole role, Filing filing, ReceivedMessage message, Session session)
    {
        if (message.Resolve<Practitioner>(role.Practitioner) is not { } practitioner || !filing.IsKnown(practitioner)
            || message.Resolve<Organization>(role.Organization) is not { } organization) return null;
        var roles = await session.Resources.FindByReference<PractitionerRole>(
            message.Access, "practitioner", "Practitioner", filing.IdOf(practitioner));
        return roles.FirstOrDefault(other =>
            other.Organization?.Reference == filing.ReferenceTo(organization).Reference)?.Id;
    }

    // Where a unit belongs is filled in when nobody has said it yet; what was said is left alone.
    private static async Task Complete(Organization sent, Filing filing, Access access, Session session)
    {
        if (sent.PartOf is null) return;
        var stored = await session.Resources.Get<Organization>(access, filing.IdOf(sent));
        if (stored is not { PartOf: null }) return;
        stored.PartOf = filing.Copy(sent).PartOf;
        await session.Resources.Update(access, stored);
    }
}
