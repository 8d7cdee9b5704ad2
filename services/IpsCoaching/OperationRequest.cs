using Fhir;
using Fhir.Json;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching;

/// <summary>What becomes of a call of an operation.</summary>
internal abstract record OperationResult
{
    private OperationResult()
    {
    }

    public sealed record Done(Resource Answer) : OperationResult;

    public sealed record Refused(Refusal Refusal) : OperationResult;
}

/// <summary>A call of an operation of ours: what each reads from it, and how each is answered.</summary>
internal static class OperationRequest
{
    /// <summary>
    /// http://hl7.org/fhir/R4/operations.html, with the id of the address and Parameters in the body.
    /// </summary>
    public static RequestDelegate Takes(
        Func<IpsCoachingDatabase, Access, string, Parameters, CancellationToken, Task<OperationResult>> run) =>
        context => Answer(context, async (database, access, id) =>
        {
            var (body, refusal) = await FhirHttp.ReadBody(context.Request, context.RequestAborted);
            (var resource, refusal) = refusal is null ? FhirHttp.Parse(body!) : (null, refusal);
            return (refusal, resource) switch
            {
                (not null, _) => new OperationResult.Refused(refusal),
                (_, Parameters parameters) => await run(database, access, id, parameters, context.RequestAborted),
                _ => new OperationResult.Refused(Refusal.BadRequest(Refusal.Issue(
                    IssueType.Invalid, resource!.TypeName, "The body must be Parameters."))),
            };
        });

    /// <summary>One that is asked by GET.</summary>
    public static RequestDelegate Asks(
        Func<IpsCoachingDatabase, Access, string, IQueryCollection, CancellationToken, Task<OperationResult>> run) =>
        context => Answer(context, (database, access, id) =>
            run(database, access, id, context.Request.Query, context.RequestAborted));

    private static async Task Answer(
        HttpContext context, Func<IpsCoachingDatabase, Access, string, Task<OperationResult>> run)
    {
        var database = context.RequestServices.GetRequiredService<IpsCoachingDatabase>();
        var result = FhirHttp.AccessOf(context.Request) is { } access
            ? await run(database, access, context.Request.RouteValues["id"] as string ?? "")
            : new OperationResult.Refused(Refusal.Unknown);
        await (result switch
        {
            OperationResult.Done(var answer) =>
                FhirHttp.Write(context.Response, 200, FhirJson.Write(answer), context.RequestAborted),
            OperationResult.Refused(var refusal) =>
                FhirHttp.Refuse(context.Response, refusal, context.RequestAborted),
            _ => throw new InvalidOperationException("No answer for this result."),
        });
    }
}
