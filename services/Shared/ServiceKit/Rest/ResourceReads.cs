using System.Globalization;
using Fhir;
using Microsoft.AspNetCore.Http;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>The interactions that change nothing: read, vread, history, search.</summary>
public sealed class ResourceReads<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, StorageSecrets secrets)
    where TDatabase : ServiceDatabase
{
    /// <summary>http://hl7.org/fhir/R4/http.html#read</summary>
    public async Task Read(HttpContext context, Access access, string type, string id)
    {
        var stored = await database.Read(
            session => session.Resources.Get(access, type, id), context.RequestAborted);
        await WriteOne(context, stored, type, id);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#vread</summary>
    public async Task ReadVersion(HttpContext context, Access access, string type, string id, string version)
    {
        var stored = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await database.Read(
                session => session.Resources.GetVersion(access, type, id, number), context.RequestAborted)
            : null;
        await WriteOne(context, stored, type, id);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#history</summary>
    public async Task History(HttpContext context, Access access, string type, string id)
    {
        var versions = await database.Read(
            session => session.Resources.History(access, type, id), context.RequestAborted);
        if (versions.Count == 0)
        {
            await WriteOne(context, null, type, id);
            return;
        }

        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        var entries = versions.Select(version => new BundleText.Entry(
            $"{root}/{type}/{id}", version.Json,
            new BundleText.Request(version.Version == 1 ? "POST" : "PUT", version.Version == 1 ? type : $"{type}/{id}")));
        await FhirHttp.Write(
            context.Response, 200, BundleText.Write("history", versions.Count, [], entries), context.RequestAborted);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#search</summary>
    public async Task Search(HttpContext context, Access access, string type)
    {
        var parameters = context.Request.Query.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value ?? ""));
        var byPost = HttpMethods.IsPost(context.Request.Method);
        if (byPost)
        {
            if (!context.Request.HasFormContentType)
            {
                await FhirHttp.Refuse(context.Response, new Refusal(415, "SEND_UNSUPPORTED_MEDIA", [Refusal.Issue(
                    IssueType.NotSupported, "", "POST _search takes application/x-www-form-urlencoded.")]),
                    context.RequestAborted);
                return;
            }

            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            parameters = parameters.Concat(form.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value ?? "")));
        }

        var all = parameters.ToList();
        var hidden = SearchLinks.Open(all, secrets.Keys);
        all = hidden ?? all;
        var lenient = FhirHttp.Prefer(context.Request, "handling") == "lenient";
        var (query, issues) = SearchParser.Parse(type, all, byPost || hidden is not null, lenient);
        if (issues.Count > 0)
        {
            await FhirHttp.Refuse(context.Response, Refusal.BadRequest(issues), context.RequestAborted);
            return;
        }

        var page = await database.Read(session => session.Resources.Search(access, query), context.RequestAborted);
        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        var links = SearchLinks.Make($"{root}/{type}", all, page.Next, byPost || hidden is not null ? secrets.Keys : null);
        var entries = page.Matches.Select(match =>
            new BundleText.Entry($"{root}/{match.Type}/{match.Id}", match.Json, null));
        await FhirHttp.Write(
            context.Response, 200, BundleText.Write("searchset", page.Total, links, entries), context.RequestAborted);
    }

    private static async Task WriteOne(HttpContext context, StoredResource? stored, string type, string id)
    {
        if (stored is null)
        {
            await FhirHttp.Refuse(
                context.Response, Refusal.NotFound($"There is no such {type}."), context.RequestAborted);
            return;
        }

        FhirHttp.SetVersion(context.Response, stored.Version, stored.LastUpdated);
        await FhirHttp.Write(context.Response, 200, stored.Json, context.RequestAborted);
    }
}
