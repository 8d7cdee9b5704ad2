using Fhir;
using Fhir.Json;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth;

/// <summary>Operations of our own that take Parameters and answer one resource, in one transaction.</summary>
internal static class ParametersOperation
{
    public delegate Task<(Resource? Answer, Refusal? Refusal)> Work(
        Session session, Access access, HttpContext context, Parameters input);

    public static void MapParameters(this RouteGroupBuilder group, string path, Work work) =>
        group.MapPost(path, async (HttpContext context, OccupationalHealthDatabase database, CancellationToken cancel) =>
        {
            var (answer, refusal) = await Answer(context, database, work, cancel);
            await (refusal is not null
                ? FhirHttp.Refuse(context.Response, refusal, cancel)
                : FhirHttp.Write(context.Response, 200, FhirJson.Write(answer!), cancel));
        });

    private static async Task<(Resource? Answer, Refusal? Refusal)> Answer(
        HttpContext context, OccupationalHealthDatabase database, Work work, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(context.Request) is not { } access)
            return (null, Refusal.Unknown);
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, cancel);
        if (refusal is not null)
            return (null, refusal);
        (var resource, refusal) = FhirHttp.Parse(body!);
        if (refusal is not null)
            return (null, refusal);
        if (resource is not Parameters input)
            return (null, Refusal.BadRequest(Refusal.Issue(IssueType.Invalid, "", "The body must be Parameters.")));
        return await database.Write<(Resource?, Refusal?)>(async session =>
        {
            var (answer, refused) = await work(session, access, context, input);
            if (refused is not null)
                session.Abandon();
            return (answer, refused);
        }, cancel);
    }
}
