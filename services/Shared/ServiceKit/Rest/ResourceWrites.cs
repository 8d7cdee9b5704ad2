using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Http;
using ServiceKit.Audit;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Create and update. What is answered 2xx is on disk.</summary>
public sealed class ResourceWrites<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, CheckedWrites writes, AccessLog<TDatabase> log)
    where TDatabase : ServiceDatabase
{
    /// <summary>http://hl7.org/fhir/R4/http.html#create, with If-None-Exist.</summary>
    public async Task Create(HttpContext context, Access access, ServedType type)
    {
        var (resource, faults, refusal) = await ReadResource(context, type);
        SearchQuery? unless = null;
        if (refusal is null && context.Request.Headers["If-None-Exist"] is { Count: > 0 } condition)
            // The header ends up in logs like an address.
            (unless, refusal) = SearchCondition.Read(
                condition.ToString(), type.Type, FhirHttp.BaseUrl(context.Request, definition.Path),
                definition.TypeNames, "http.If-None-Exist", inAddress: true);
        var outcome = refusal is not null
            ? new WriteOutcome.Refused(refusal)
            : await Write(faults, async session =>
            {
                if (unless is not null && await CheckedWrites.Match(session, access, unless) is { } match) return match;
                resource!.Id = ResourceStore.NewId();
                return await writes.Create(session, access, type, resource, context.RequestAborted);
            }, context.RequestAborted);
        if (outcome is WriteOutcome.Existing(var shown)) await log.Shown(access, context.Request, "read", [shown]);
        await Answer(context, type, outcome);
    }

    /// <summary>http://hl7.org/fhir/R4/http.html#update, with If-Match. Ids are the server's: an unknown one is 405.</summary>
    public async Task Update(HttpContext context, Access access, ServedType type, string id)
    {
        var (resource, faults, refusal) = await ReadResource(context, type);
        if (refusal is null && resource!.Id != id)
            refusal = Refusal.BadRequest(Refusal.Issue(
                IssueType.Value, $"{type.Type}.id", "The id must be that of the address."));
        var outcome = refusal is not null
            ? new WriteOutcome.Refused(refusal)
            : await Write(
                faults, session => writes.Update(
                    session, access, type, resource!, FhirHttp.IfMatch(context.Request), context.RequestAborted),
                context.RequestAborted);
        await Answer(context, type, outcome);
    }

    // A refusal stores nothing, and neither does what is there already.
    private Task<WriteOutcome> Write(
        IReadOnlyList<FhirIssue> faults, Func<Session, Task<WriteOutcome>> change, CancellationToken cancel) =>
        database.Write(async session =>
        {
            var outcome = await change(session);
            if (Refusal.Together((outcome as WriteOutcome.Refused)?.Refusal, faults) is { } refusal)
                outcome = new WriteOutcome.Refused(refusal);
            if (outcome is WriteOutcome.Refused or WriteOutcome.Existing) session.Abandon();
            return outcome;
        }, cancel);

    private static async Task<(Resource?, IReadOnlyList<FhirIssue>, Refusal?)> ReadResource(
        HttpContext context, ServedType type)
    {
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, context.RequestAborted);
        if (refusal is not null) return (null, [], refusal);
        var (resource, faults) = FhirHttp.Read(body!);
        if (resource is null) refusal = Refusal.BadRequest(faults);
        else if (resource.TypeName != type.Type)
            refusal = Refusal.BadRequest(Refusal.Issue(
                IssueType.Invalid, resource.TypeName, $"The body must be a {type.Type}."));
        return (resource, faults, refusal);
    }

    private Task Answer(HttpContext context, ServedType type, WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Created(var resource) => Answer(context, 201, resource, FhirJson.Write(resource)),
        WriteOutcome.Updated(var resource) => Answer(context, 200, resource, FhirJson.Write(resource)),
        WriteOutcome.Existing(var stored) => Answer(context, 200, stored.As<Resource>(), stored.Json),
        WriteOutcome.Refused(var refusal) => FhirHttp.Refuse(context.Response, refusal, context.RequestAborted),
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
