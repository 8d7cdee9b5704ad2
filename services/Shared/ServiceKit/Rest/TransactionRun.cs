using Fhir;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// Carries out the entries of a transaction in one transaction of the database: all of them, or none with every fault.
/// </summary>
internal sealed class TransactionRun(
    Session session, Access access, CheckedWrites writes, IReadOnlyList<EntryRequest> requests,
    ReferenceTurner turner, CancellationToken cancel)
{
    private readonly Dictionary<int, EntryAnswer> answers = [];
    private readonly List<Refusal> refusals = [];

    /// <summary>The answers of what was written by the index of the entry, or why nothing was.</summary>
    public async Task<(IReadOnlyDictionary<int, EntryAnswer> Answers, Refusal? Refusal)> Write()
    {
        var creates = requests.OfType<EntryRequest.Create>().ToList();
        var updates = requests.OfType<EntryRequest.Update>().ToList();
        foreach (var twice in updates.GroupBy(update => (update.Type.Type, update.Resource.Id)).Where(g => g.Count() > 1))
            Refuse(twice.Last(), Refusal.BadRequest(Refusal.Issue(
                IssueType.Duplicate, $"{twice.Last().Path}.request.url", "Another entry changes the same resource.")));
        foreach (var update in updates)
        {
            turner.Name(update, update.Resource.Id!);
            session.ToBeChanged.Add((update.Type.Type, update.Resource.Id!));
        }

        foreach (var create in creates) await Place(create);

        // In one order, so that no two transactions wait for each other.
        foreach (var update in updates.OrderBy(one => (one.Type.Type, one.Resource.Id)))
            await session.Lock($"update/{update.Type.Type}/{update.Resource.Id}");
        foreach (var create in ReferenceTurner.TargetsFirst(creates.Where(one => !answers.ContainsKey(one.Index))))
            await Write(create, create.Resource, () => writes.Create(
                session, access, create.Type, create.Resource, cancel));
        foreach (var update in updates)
        {
            session.ToBeChanged.Remove((update.Type.Type, update.Resource.Id!));
            await Write(update, update.Resource, () => writes.Update(
                session, access, update.Type, update.Resource, update.Expected, cancel));
        }

        return (answers, refusals.Count == 0 ? null : Together());
    }

    // What a condition finds takes the place of what would be created.
    private async Task Place(EntryRequest.Create create)
    {
        create.Resource.Id = ResourceStore.NewId();
        var match = create.Unless is null ? null : await CheckedWrites.Match(session, access, create.Unless);
        if (match is WriteOutcome.Refused(var refusal)) Refuse(create, refusal);
        if (match is WriteOutcome.Existing(var stored)) create.Resource.Id = stored.Id;
        if (match is not null) answers[create.Index] = EntryAnswer.Of(match);
        turner.Name(create, create.Resource.Id!);
    }

    private async Task Write(EntryRequest request, Resource resource, Func<Task<WriteOutcome>> write)
    {
        if (await turner.Turn(session, access, request, resource) is { Count: > 0 } faults)
        {
            refusals.Add(Refusal.BadRequest(faults));
            return;
        }

        var outcome = await write();
        if (outcome is WriteOutcome.Refused(var refusal)) Refuse(request, refusal);
        // What the rule of the type knows already is what the others mean.
        if (outcome is WriteOutcome.Existing(var stored)) turner.Name(request, stored.Id);
        answers[request.Index] = EntryAnswer.Of(outcome);
    }

    private void Refuse(EntryRequest request, Refusal refusal) =>
        refusals.Add(refusal with { Issues = [.. refusal.Issues.Select(issue => issue with { Expression = Inside(request, issue) })] });

    // Rules speak of a resource; here it stands in an entry.
    private static string Inside(EntryRequest request, FhirIssue issue)
    {
        if (issue.Expression.StartsWith("Bundle.entry", StringComparison.Ordinal)) return issue.Expression;
        var type = request.Type.Type;
        return issue.Expression == type || issue.Expression.StartsWith(type + ".", StringComparison.Ordinal)
            ? $"{request.Path}.resource{issue.Expression[type.Length..]}"
            : request.Path;
    }

    private Refusal Together() => refusals[0] with { Issues = [.. refusals.SelectMany(refusal => refusal.Issues)] };
}
