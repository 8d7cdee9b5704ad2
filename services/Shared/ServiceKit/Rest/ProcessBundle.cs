using Fhir;
using Microsoft.AspNetCore.Http;
using ServiceKit.Audit;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// Transaction and batch: http://hl7.org/fhir/R4/http.html#transaction. A transaction is carried out as one or not at
/// all; the entries of a batch each for themselves.
/// </summary>
public sealed class ProcessBundle<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, ResourceReads<TDatabase> reads, CheckedWrites writes,
    AccessLog<TDatabase> log, LimitOptions limits) where TDatabase : ServiceDatabase
{
    public async Task Handle(HttpContext context, Access access)
    {
        var cancel = context.RequestAborted;
        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        var (bundle, broken, refusal) = await ReadBundle(context);
        if (refusal is null)
        {
            var (requests, faults) = EntryReader.Read(bundle!, root, definition.Types, definition.TypeNames);
            var isBatch = bundle!.Type == BundleType.Batch;
            var answers = isBatch
                ? await Batch(bundle.Entry.Count, requests, faults, access, root, cancel)
                : faults.Count > 0
                    ? ([], Refusal.BadRequest([.. faults.SelectMany(fault => fault)]))
                    : await Transaction(requests, broken, access, root, cancel);
            refusal = Refusal.Together(answers.Refusal, broken);
            if (refusal is null)
            {
                await Task.WhenAll(answers.Answers.Select(
                    answer => log.Shown(access, context.Request, answer.Interaction, answer.Shown)));
                await FhirHttp.Write(context.Response, 200, EntryAnswer.Write(
                    isBatch ? "batch-response" : "transaction-response", root, answers.Answers,
                    FhirHttp.Prefer(context.Request, "return") == "minimal"), cancel);
                return;
            }
        }

        await FhirHttp.Refuse(context.Response, refusal!, cancel);
    }

    private async Task<(Bundle?, IReadOnlyList<FhirIssue>, Refusal?)> ReadBundle(HttpContext context)
    {
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, context.RequestAborted);
        if (refusal is not null) return (null, [], refusal);
        var (resource, faults) = FhirHttp.Read(body!);
        if (resource is null) return (null, [], Refusal.BadRequest(faults));
        if (resource is not Bundle { Type: BundleType.Transaction or BundleType.Batch } bundle)
            return (null, [], Refusal.BadRequest(Refusal.Issue(
                IssueType.Value, "Bundle.type", "This address takes Bundles of type transaction and batch.")));
        if (bundle.Entry.Count > limits.MostEntries)
            return (null, [], new Refusal(413, "SEND_TOO_LARGE", [Refusal.Issue(
                IssueType.TooLong, "Bundle.entry", $"A Bundle may have up to {limits.MostEntries} entries here.")]));
        return (bundle, faults, null);
    }

    private Task<(IReadOnlyList<EntryAnswer> Answers, Refusal? Refusal)> Transaction(
        IReadOnlyList<EntryRequest> requests, IReadOnlyList<FhirIssue> broken, Access access, string root,
        CancellationToken cancel) =>
        database.Write<(IReadOnlyList<EntryAnswer>, Refusal?)>(async session =>
        {
            var turner = new ReferenceTurner(root, definition.TypeNames);
            var (written, refusal) =
                await new TransactionRun(session, access, writes, requests, turner, cancel).Write();
            if (refusal is not null || broken.Count > 0)
            {
                session.Abandon();
                return ([], refusal);
            }

            // What is read is what stands there once everything is written.
            var answers = new List<EntryAnswer>(requests.Count);
            foreach (var request in requests)
                answers.Add(written.GetValueOrDefault(request.Index) ?? await Read(session, access, request, root));
            return (answers, null);
        }, cancel);

    private async Task<(IReadOnlyList<EntryAnswer> Answers, Refusal? Refusal)> Batch(
        int count, IReadOnlyList<EntryRequest> requests, ILookup<int, FhirIssue> faults, Access access, string root,
        CancellationToken cancel)
    {
        var byIndex = requests.ToDictionary(request => request.Index);
        var answers = new List<EntryAnswer>(count);
        for (var i = 0; i < count; i++)
        {
            if (!byIndex.TryGetValue(i, out var request))
                answers.Add(EntryAnswer.Of(Refusal.BadRequest([.. faults[i]])));
            else if (request is EntryRequest.Read or EntryRequest.Search)
                answers.Add(await database.Read(session => Read(session, access, request, root), cancel));
            else
            {
                var (alone, refusal) = await Transaction([request], [], access, root, cancel);
                answers.Add(refusal is null ? alone[0] : EntryAnswer.Of(refusal));
            }
        }

        return (answers, null);
    }

    private async Task<EntryAnswer> Read(Session session, Access access, EntryRequest request, string root)
    {
        switch (request)
        {
            case EntryRequest.Read read:
                return await session.Resources.Get(access, read.Type.Type, read.Id) is { } stored
                    ? EntryAnswer.Of(200, stored) with { Shown = [stored], Interaction = "read" }
                    : EntryAnswer.Of(Refusal.NotFound($"There is no such {read.Type.Type}."));
            case EntryRequest.Search search:
                var (page, shown, refusal) = await reads.Find(session, access, search.Type.Type, root, search.Inputs);
                return page is not null
                    ? new EntryAnswer(200, page) { Shown = shown, Interaction = "search-type" }
                    : EntryAnswer.Of(refusal!);
            default:
                throw new InvalidOperationException($"{request.GetType().Name} is no reading.");
        }
    }
}
