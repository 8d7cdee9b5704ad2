using Fhir;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Creates and updates inside a transaction, each checked by the rule of its type.</summary>
public sealed class CheckedWrites(IServiceProvider services)
{
    /// <summary>What a condition finds in place of a create; null when there is none, so that it may be created.</summary>
    public static async Task<WriteOutcome?> Match(Session session, Access access, SearchQuery unless)
    {
        // Two of them at once: the second looks when the first is in.
        await session.Lock($"if-none-exist/{unless.Type}/{access.Tenant}");
        return (await session.Resources.Search(access, unless)).Matches switch
        {
            [] => null,
            [var match] => new WriteOutcome.Existing(match),
            _ => new WriteOutcome.Refused(new Refusal(412, "SEND_PRECONDITION_FAILED", [Refusal.Issue(
                IssueType.MultipleMatches, "", "More than one resource matches If-None-Exist.")])),
        };
    }

    /// <summary>Creates a resource under the id that it has.</summary>
    public async Task<WriteOutcome> Create(
        Session session, Access access, ServedType type, Resource resource, CancellationToken cancel)
    {
        var (refusal, existing) = await type.Rule!.Check(services, resource, null, access, session, cancel);
        if (refusal is not null) return new WriteOutcome.Refused(refusal);
        if (existing is not null && await session.Resources.Get(access, type.Type, existing.Id!) is { } stored)
            return new WriteOutcome.Existing(stored);
        await session.Resources.Create(access, resource);
        return new WriteOutcome.Created(resource);
    }

    /// <summary>Stores a new version. Ids are the server's: an unknown one is 405.</summary>
    /// <param name="expected">The version that is to be replaced; null for any.</param>
    public async Task<WriteOutcome> Update(
        Session session, Access access, ServedType type, Resource resource, long? expected, CancellationToken cancel)
    {
        // Two of them at once: the second sees what the first has stored.
        await session.Lock($"update/{type.Type}/{resource.Id}");
        session.Resources.ForgetSeen();
        var current = await session.Resources.Get(access, type.Type, resource.Id!);
        if (current is null || !await session.Resources.MayChange(access, type.Type, resource.Id!))
            return new WriteOutcome.Refused(new Refusal(405, "SEND_METHOD_NOT_ALLOWED", [Refusal.Issue(
                IssueType.NotSupported, $"{type.Type}.id", "Ids are given by the server: create it with POST.")]));
        if (expected is not null && expected != current.Version) return Stale(type);
        var (refusal, _) = await type.Rule!.Check(
            services, resource, current.As<Resource>(), access, session, cancel);
        if (refusal is not null) return new WriteOutcome.Refused(refusal);
        // A message may have changed it meanwhile: the rule has not seen that version.
        return await session.Resources.Update(access, resource, current.Version)
            ? new WriteOutcome.Updated(resource)
            : Stale(type);
    }

    private static WriteOutcome.Refused Stale(ServedType type) => new(new Refusal(412, "SEND_PRECONDITION_FAILED",
        [Refusal.Issue(IssueType.Conflict, $"{type.Type}.meta.versionId",
            "The newest version is another than the one to be replaced.")]));
}
