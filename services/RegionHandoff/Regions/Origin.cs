using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Regions;

/// <summary>A message that is passed on has ids of its own and tells of which message of the region it was made.</summary>
internal static class Origin
{
    /// <param name="bundle">What is passed on; its sender is the region.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="former">What the region sent.</param>
    /// <param name="now">When it is passed on.</param>
    public static void Add(Bundle bundle, Resource target, ReceivedMessage former, DateTimeOffset now)
    {
        var origin = new Provenance { Id = ResourceStore.NewId(), Recorded = now };
        origin.Target.Add(new ResourceReference(bundle.UrlOf(target)));
        origin.Agent.Add(new Provenance.AgentComponent { Who = bundle.MessageHeader().Sender!.Clone() });
        origin.Entity.Add(new Provenance.EntityComponent
        {
            Role = ProvenanceEntityRole.Source,
            What = new ResourceReference
            {
                Type = "MessageHeader", Identifier = new Identifier(Canonicals.Sid("message"), former.Header.Id),
            },
        });
        bundle.Entry.Add(new Bundle.EntryComponent { FullUrl = $"urn:uuid:{origin.Id}", Resource = origin });
    }
}
