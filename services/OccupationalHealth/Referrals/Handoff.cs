using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>Lets a handoff leave for the region, or withdraws it, in the transaction that decided so.</summary>
internal static class Handoff
{
    public static async Task Leave(Session session, Access access, FhirTask care)
    {
        var content = await HandoffContent.Of(session, access, care);
        await Send<HandoffRequest>(session, Events.HandoffRequest, care, content);
    }

    public static async Task Withdraw(Session session, Access access, FhirTask care)
    {
        var content = await HandoffContent.OfWithdrawal(session, access, care);
        await Send<HandoffCancel>(session, Events.HandoffCancel, care, content);
    }

    /// <summary>Whether the region was asked; from then on business statuses are the region's, too.</summary>
    public static bool HasLeft(FhirTask care) =>
        care.BusinessStatus?.Coding.Exists(coding => coding is
        {
            System: Terms.BusinessStatusSystem,
            Code: Terms.BusinessStatus.Proposed or Terms.BusinessStatus.Confirmed,
        }) != true;

    /// <summary>Why a confirmed handoff cannot leave.</summary>
    public static FhirIssue NoReceiver(string path) => Refusal.Issue(IssueType.Required, path,
        "The municipality tells which region takes over; without it the handoff has no receiver.");

    private static async Task Send<T>(
        Session session, string @event, FhirTask care, IReadOnlyList<Resource> content) where T : IFhirMessage
    {
        var bundle = MessageBundle.Compose(@event, ServiceNames.OccupationalHealth, session.Now, content[0], content);
        var header = bundle.MessageHeader();
        header.Sender = Organization(content, identifier => identifier.System != Systems.Region);
        if (Organization(content, identifier => identifier.System == Systems.Region) is { } region)
        {
            var code = content.OfType<Organization>().SelectMany(o => o.Identifier)
                .First(identifier => identifier.System == Systems.Region).Value;
            header.Destination.Add(new MessageHeader.MessageDestinationComponent
            {
                Endpoint = $"urn:omh:region:{code}", Receiver = region,
            });
        }

        await session.Outbox.Enqueue<T>(bundle, care.GroupIdentifier!.Value!, ServiceNames.OccupationalHealth);
    }

    private static ResourceReference? Organization(IEnumerable<Resource> content, Predicate<Identifier> has) =>
        content.OfType<Organization>().FirstOrDefault(o => o.Identifier.Exists(has)) is { } organization
            ? new ResourceReference($"Organization/{organization.Id}")
            : null;
}
