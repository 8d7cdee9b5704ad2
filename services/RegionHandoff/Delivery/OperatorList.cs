using Fhir;
using Fhir.Json;
using ServiceKit.Rest;
using ServiceKit.Storage;
using static Fhir.Parameters;

namespace RegionHandoff.Delivery;

/// <summary>
/// What no region acknowledged, for the people who run the system: ids and reasons, nothing about persons.
/// </summary>
internal static class OperatorList
{
    private const int MostAtOnce = 200;

    public static void MapOperatorList(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/$undelivered", (RequestDelegate)Look);

    private static async Task Look(HttpContext context)
    {
        var cancel = context.RequestAborted;
        if (FhirHttp.AccessOf(context.Request) is null)
        {
            await FhirHttp.Refuse(context.Response, Refusal.Unknown, cancel);
            return;
        }

        var database = context.RequestServices.GetRequiredService<RegionHandoffDatabase>();
        var rows = await database.ReadOne(session => Deliveries.GivenUp(session, MostAtOnce), cancel);
        var list = new Parameters();
        foreach (var row in rows)
        {
            list.Parameter.Add(Parts(
                "undelivered",
                Part("message", new Id(row.HeaderId)), Part("event", new Code(row.Event)),
                Part("region", new FhirString(row.Region.Length > 0 ? row.Region : "unknown")),
                Part("reason", new Code(row.Reason)), Part("urgent", new FhirBoolean(row.Urgent == 1)),
                Part("senderTold", new FhirBoolean(row.Reported == 1)),
                Part("since", new Instant(Micros.ToTime(row.Created)))));
        }

        await FhirHttp.Write(context.Response, 200, FhirJson.Write(list), cancel);
    }
}
