using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Http;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Create and update. What is answered 2xx is on disk.</summary>
public sealed class ResourceWrites<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, IServiceProvider services)
    where TDatabase : ServiceDatabase
{
    private abstract record Outcome
    {
        public sealed record Created(Resource Resource) : Outcome;

        public sealed record Updated(Resource Resource) : Outcome;

        public sealed record Existing(StoredResource Stored) : Outcome;

        public sealed record Refused(Refusal Refusal) : Outcome;
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#create, with If-None-Exist.</summary>
    public async Task Create(HttpContext context, Access access, ServedType type)
    {
        var (resource, refusal) = await ReadResource(context, type);
        SearchQuery? unless = null;
        if (refusal is null && context.Request.Headers["If-None-Exist"] is { Count: > 0 } condition)
            (unless, refusal) = Condition(context, type.Type, condition.ToString());
        var outcome = refusal is not null
            ? new Outcome.Refused(refusal)
            : await database.Write(
                session => Create(session, access, type, resource!, unless, context.RequestAborted),
                context.RequestAborted);
        await Answer(context, type, outcome);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#update, with If-Match. Ids are the server's: an unknown one is 405.</summary>
    public async Task Update(HttpContext context, Access access, ServedType type, string id)
    {
        var (resource, refusal) = await ReadResource(context, type);
        if (refusal is null && resource!.Id != id)
            refusal = Refusal.BadRequest(Refusal.Issue(
                IssueType.Value, $"{type.Type}.id", "The id must be that of the address."));
        var outcome = refusal is not null
            ? new Outcome.Refused(refusal)
            : await database.Write(
                session => Update(session, access, type, resource!, FhirHttp.IfMatch(context.Request), context.RequestAborted),
                context.RequestAborted);
        await Answer(context, type, outcome);
    }

    private async Task<Outcome> Create(
        Session session, Access access, ServedType type, Resource resource, SearchQuery? unless,
        CancellationToken cancel)
    {
        if (unless is not null)
        {
            // Two of them at once: the second looks when the first is in.
            await session.Lock($"if-none-exist/{type.Type}/{access.Tenant}");
            var matches = (await session.Resources.Search(access, unless)).Matches;
            if (matches.Count == 1) return new Outcome.Existing(matches[0]);
            if (matches.Count > 1)
                return new Outcome.Refused(new Refusal(412, "SEND_PRECONDITION_FAILED", [Refusal.Issue(
                    IssueType.MultipleMatches, "", "More than one resource matches If-None-Exist.")]));
        }

        resource.Id = ResourceStore.NewId();
        var (refusal, existing) = await type.Rule!.Check(services, resource, null, access, session, cancel);
        if (refusal is not null) return Undo(session, refusal);
        if (existing is not null && await session.Resources.Get(access, type.Type, existing.Id!) is { } stored)
        {
            session.Abandon();
            return new Outcome.Existing(stored);
        }

        await session.Resources.Create(access, resource);
        return new Outcome.Created(resource);
    }

    private async Task<Outcome> Update(
        Session session, Access access, ServedType type, Resource resource, long? expected, CancellationToken cancel)
    {
        // Two of them at once: the second sees what the first has stored.
        await session.Lock($"update/{type.Type}/{resource.Id}");
        var current = await session.Resources.Get(access, type.Type, resource.Id!);
        if (current is null)
            return new Outcome.Refused(new Refusal(405, "SEND_METHOD_NOT_ALLOWED", [Refusal.Issue(
                IssueType.NotSupported, $"{type.Type}.id", "Ids are given by the server: create it with POST.")]));
        if (expected is not null && expected != current.Version) return new Outcome.Refused(Stale(type));
        var (refusal, _) = await type.Rule!.Check(
            services, resource, current.As<Resource>(), access, session, cancel);
        if (refusal is not null) return Undo(session, refusal);
        // A message may have changed it meanwhile: the rule has not seen that version.
        return await session.Resources.Update(access, resource, current.Version)
            ? new Outcome.Updated(resource)
            : Undo(session, Stale(type));
    }

    private static Refusal Stale(ServedType type) => new(412, "SEND_PRECONDITION_FAILED", [Refusal.Issue(
        IssueType.Conflict, $"{type.Type}.meta.versionId",
        "The newest version is another than the one to be replaced.")]);

    private static Outcome.Refused Undo(Session session, Refusal refusal)
    {
        session.Abandon();
        return new Outcome.Refused(refusal);
    }

    private static async Task<(Resource?, Refusal?)> ReadResource(HttpContext context, ServedType type)
    {
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, context.RequestAborted);
        if (refusal is not null) return (null, refusal);
        (var resource, refusal) = FhirHttp.Parse(body!);
        if (refusal is null && resource!.TypeName != type.Type)
            refusal = Refusal.BadRequest(Refusal.Issue(
                IssueType.Invalid, resource.TypeName, $"The body must be a {type.Type}."));
        return (resource, refusal);
    }

    // The header ends up in logs like an address. A condition that chooses nothing would match whatever is stored.
    private (SearchQuery?, Refusal?) Condition(HttpContext context, string type, string condition)
    {
        var inputs = condition.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2).Select(Uri.UnescapeDataString).ToArray())
            .Select(pair => new SearchInput(pair[0], pair.ElementAtOrDefault(1) ?? "", true));
        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        var reading = new SearchReader(type, root, definition.TypeNames, lenient: false).Read(inputs);
        if (reading.Issues.Count > 0) return (null, Refusal.BadRequest(reading.Issues));
        return reading.Query.Clauses.Count > 0
            ? (new SearchQuery(type) { Clauses = reading.Query.Clauses, Count = 2 }, null)
            : (null, Refusal.BadRequest(Refusal.Issue(
                IssueType.Required, "http.If-None-Exist", "If-None-Exist must name a search parameter.")));
    }

    private Task Answer(HttpContext context, ServedType type, Outcome outcome) => outcome switch
    {
        Outcome.Created(var resource) => Answer(context, 201, resource, FhirJson.Write(resource)),
        Outcome.Updated(var resource) => Answer(context, 200, resource, FhirJson.Write(resource)),
        Outcome.Existing(var stored) => Answer(context, 200, stored.As<Resource>(), stored.Json),
        Outcome.Refused(var refusal) => FhirHttp.Refuse(context.Response, refusal, context.RequestAborted),
        _ => throw new InvalidOperationException($"No answer for a write of {type.Type}."),
    };

    private Task Answer(HttpContext context, int status, Resource resource, byte[] json)
    {
        var version = long.Parse(resource.Meta!.VersionId!, System.Globalization.CultureInfo.InvariantCulture);
        FhirHttp.SetVersion(context.Response, version, resource.Meta.LastUpdated!.Value);
        var root = FhirHttp.BaseUrl(context.Request, definition.Path);
        context.Response.Headers.Location = $"{root}/{resource.TypeName}/{resource.Id}/_history/{version}";
        switch (FhirHttp.Prefer(context.Request, "return"))
        {
            case "minimal":
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            case "OperationOutcome":
                var outcome = new OperationOutcome();
                outcome.Issue.Add(new OperationOutcome.IssueComponent
                {
                    Severity = IssueSeverity.Information, Code = IssueType.Informational,
                    Diagnostics = $"Stored as version {version}.",
                });
                return FhirHttp.Write(context.Response, status, FhirJson.Write(outcome), context.RequestAborted);
            default:
                return FhirHttp.Write(context.Response, status, json, context.RequestAborted);
        }
    }
}
