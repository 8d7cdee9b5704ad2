using System.Buffers;
using System.Globalization;
using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Http;
using ServiceKit.Audit;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>The interactions that change nothing: read, vread, history, search.</summary>
public sealed class ResourceReads<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, StorageSecrets secrets, AccessLog<TDatabase> log)
    where TDatabase : ServiceDatabase
{
    private const string FormType = "application/x-www-form-urlencoded";

    // To leave some of them out unsaid would be worse.
    private static readonly Refusal TooMuchComesAlong = Refusal.BadRequest(Refusal.Issue(
        IssueType.TooCostly, "http._count",
        $"More than {SearchQuery.MostAtOnce} resources would come along with this page: ask for a smaller one."));

    /// <summary>http://hl7.org/fhir/R4/http.html#read</summary>
    public async Task Read(HttpContext context, Access access, string type, string id)
    {
        var stored = Lexical.IsId(id)
            ? await database.ReadOne(session => session.Resources.Get(access, type, id), context.RequestAborted)
            : null;
        await WriteOne(context, access, "read", stored, type);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#vread</summary>
    public async Task ReadVersion(HttpContext context, Access access, string type, string id, string version)
    {
        var stored = Lexical.IsId(id)
            && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await database.ReadOne(
                session => session.Resources.GetVersion(access, type, id, number), context.RequestAborted)
            : null;
        await WriteOne(context, access, "vread", stored, type);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#history</summary>
    public async Task History(HttpContext context, Access access, string type, string id)
    {
        var versions = Lexical.IsId(id)
            ? await database.ReadOne(session => session.Resources.History(access, type, id), context.RequestAborted)
            : [];
        if (versions.Count == 0)
        {
            await WriteOne(context, access, "history-instance", null, type);
            return;
        }

        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        await log.Shown(access, context.Request, "history-instance", versions);
        var entries = versions.Select(version => new BundleText.Entry(
            $"{root}/{type}/{id}", version, BundleText.Kind.Change));
        await FhirHttp.Write(context.Response, 200, body => BundleText.Write(
            body, "history", versions.Count, [("self", $"{root}/{type}/{id}/_history")], entries), context.RequestAborted);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#search</summary>
    public async Task Search(HttpContext context, Access access, string type)
    {
        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        var (inputs, refusal) = await Inputs(context);
        var hidden = HttpMethods.IsPost(context.Request.Method);
        if (refusal is null && SearchLinks.AreSealed(inputs))
        {
            hidden = true;
            if (SearchLinks.Open(inputs, secrets.Keys) is { } opened) inputs = opened;
            else refusal = Refusal.BadRequest(Refusal.Issue(
                IssueType.Value, "http._sealed", "A sealed link works only as it was given."));
        }

        var lenient = FhirHttp.Prefer(context.Request, "handling") == "lenient";
        var found = refusal is null
            ? await Look(type, root, inputs, lenient, query => Page(access, query, context.RequestAborted))
            : new Found(null, null, refusal);
        if (found.Refusal is not null)
        {
            await FhirHttp.Refuse(context.Response, found.Refusal, context.RequestAborted);
            return;
        }

        await log.Shown(access, context.Request, "search-type", found.Page!.All);
        await FhirHttp.Write(context.Response, 200, body => Write(body, found, root, hidden), context.RequestAborted);
    }

    /// <summary>
    /// A page of a search within a Bundle as a Bundle, or why there is none. Its links do not show the parameters.
    /// </summary>
    /// <param name="root">The absolute address of this base.</param>
    internal async Task<(byte[]? Page, IEnumerable<StoredResource> Shown, Refusal? Refusal)> Find(
        Session session, Access access, string type, string root, IReadOnlyList<SearchInput> inputs)
    {
        var found = await Look(
            type, root, inputs, lenient: false, query => session.Resources.Search(access, query));
        if (found.Refusal is not null) return (null, [], found.Refusal);
        var buffer = new ArrayBufferWriter<byte>(16_384);
        Write(buffer, found, root, hidden: true);
        return (buffer.WrittenSpan.ToArray(), found.Page!.All, null);
    }

    private async Task<Found> Look(
        string type, string root, IReadOnlyList<SearchInput> inputs, bool lenient,
        Func<SearchQuery, Task<SearchPage>> search)
    {
        var reading = new SearchReader(type, root, definition.TypeNames, lenient).Read(inputs);
        if (reading.Issues.Count > 0) return new Found(null, null, Refusal.BadRequest(reading.Issues));
        var page = await search(reading.Query);
        return new Found(reading, page, page.LeavesOut ? TooMuchComesAlong : null);
    }

    // What one statement answers needs no transaction.
    private Task<SearchPage> Page(Access access, SearchQuery query, CancellationToken cancel) => query.AsksOnce
        ? database.ReadOne(session => session.Resources.Search(access, query), cancel)
        : database.Read(session => session.Resources.Search(access, query), cancel);

    private void Write(IBufferWriter<byte> body, Found found, string root, bool hidden)
    {
        var (reading, page) = (found.Reading!, found.Page!);
        BundleText.Write(
            body, "searchset", page.Total,
            SearchLinks.Make($"{root}/{reading.Query.Type}", reading.Used, page.Next, hidden ? secrets.Keys : null),
            Entries(page, root));
    }

    private static IEnumerable<BundleText.Entry> Entries(SearchPage page, string root)
    {
        BundleText.Entry Entry(StoredResource stored, BundleText.Kind kind) =>
            new($"{root}/{stored.Type}/{stored.Id}", stored, kind);

        return page.Matches.Select(match => Entry(match, BundleText.Kind.Match))
            .Concat(page.Included.Select(included => Entry(included, BundleText.Kind.Include)));
    }

    // The parameters of the address, and with POST those of the form behind them.
    private static async Task<(List<SearchInput> Inputs, Refusal? Refusal)> Inputs(HttpContext context)
    {
        var request = context.Request;
        var inputs = request.Query
            .SelectMany(pair => pair.Value, (pair, value) => new SearchInput(pair.Key, value ?? "", true)).ToList();
        var hasForm = HttpMethods.IsPost(request.Method) && request is not { ContentLength: 0, ContentType: null };
        if (!hasForm) return (inputs, null);
        if (!FhirHttp.MediaType(request.ContentType ?? "").Equals(FormType, StringComparison.OrdinalIgnoreCase))
        {
            return (inputs, new Refusal(415, "SEND_UNSUPPORTED_MEDIA", [Refusal.Issue(
                IssueType.NotSupported, "", $"POST _search takes {FormType}.")]));
        }

        var form = await request.ReadFormAsync(context.RequestAborted);
        inputs.AddRange(
            form.SelectMany(pair => pair.Value, (pair, value) => new SearchInput(pair.Key, value ?? "", false)));
        return (inputs, null);
    }

    private async Task WriteOne(
        HttpContext context, Access access, string interaction, StoredResource? stored, string type)
    {
        if (stored is null)
        {
            await FhirHttp.Refuse(
                context.Response, Refusal.NotFound($"There is no such {type}."), context.RequestAborted);
            return;
        }

        await log.Shown(access, context.Request, interaction, [stored]);
        FhirHttp.SetVersion(context.Response, stored.Version, stored.LastUpdated);
        await FhirHttp.Write(context.Response, 200, stored.Json, context.RequestAborted);
    }

    /// <summary>What a search was read as and found, or why it is refused.</summary>
    private sealed record Found(SearchReading? Reading, SearchPage? Page, Refusal? Refusal);
}
