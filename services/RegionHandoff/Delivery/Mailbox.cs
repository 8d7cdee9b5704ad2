using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Fhir;
using Fhir.Json;
using RegionHandoff.Regions;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>
/// The box of a region that takes no calls, or whose endpoint is down: it fetches what waits and acknowledges what it
/// has. Until callers are authenticated the region is named by the parameter <c>region</c>.
/// </summary>
internal static class Mailbox
{
    private const int Page = 50, MostAtOnce = 200;

    public static void MapMailbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/$mailbox", (RequestDelegate)Look);
        routes.MapPost("/MessageHeader/{id}/$acknowledge", (RequestDelegate)Acknowledge);
    }

    /// <summary><c>GET $mailbox?region=08&amp;_count=</c>: a collection of message Bundles, the oldest first.</summary>
    private static async Task Look(HttpContext context)
    {
        var cancel = context.RequestAborted;
        if (FhirHttp.AccessOf(context.Request) is not { } access)
        {
            await FhirHttp.Refuse(context.Response, Refusal.Unknown, cancel);
            return;
        }

        var (region, count, faults) = Parameters(context.Request.Query);
        if (faults.Count > 0)
        {
            await FhirHttp.Refuse(context.Response, Refusal.BadRequest(faults), cancel);
            return;
        }

        var database = context.RequestServices.GetRequiredService<RegionHandoffDatabase>();
        var waiting = await database.Read(async session => await Region.Find(session, access, region) is null
            ? null
            : await Deliveries.InMailbox(session, region, count), cancel);
        if (waiting is null)
            await FhirHttp.Refuse(context.Response, Refusal.NotFound("The directory has no such region."), cancel);
        else
            await FhirHttp.Write(context.Response, 200, Collection(waiting, database), cancel);
    }

    /// <summary>
    /// <c>POST MessageHeader/{id}/$acknowledge</c>: takes a message out of the box; again and again if need be.
    /// </summary>
    private static async Task Acknowledge(HttpContext context)
    {
        var cancel = context.RequestAborted;
        if (FhirHttp.AccessOf(context.Request) is null)
        {
            await FhirHttp.Refuse(context.Response, Refusal.Unknown, cancel);
            return;
        }

        var database = context.RequestServices.GetRequiredService<RegionHandoffDatabase>();
        var id = (string)context.Request.RouteValues["id"]!;
        var acknowledged = await database.Write(session => Deliveries.Acknowledge(session, id), cancel);
        if (acknowledged.Rows == 0)
        {
            await FhirHttp.Refuse(
                context.Response, Refusal.NotFound("No message with this MessageHeader.id was on its way."), cancel);
            return;
        }

        var outcome = new OperationOutcome();
        outcome.Issue.Add(new OperationOutcome.IssueComponent
        {
            Severity = IssueSeverity.Information, Code = IssueType.Informational, Diagnostics = "Acknowledged.",
        });
        await FhirHttp.Write(context.Response, 200, FhirJson.Write(outcome), cancel);
    }

    private static (string Region, int Count, List<FhirIssue> Faults) Parameters(IQueryCollection query)
    {
        List<FhirIssue> faults = [];
        if (query["region"] is not [{ Length: > 0 } region])
        {
            region = "";
            faults.Add(Refusal.Issue(IssueType.Required, "http.region", "Name the region by its county code."));
        }

        var count = Page;
        if (query["_count"] is [{ } text]
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0))
            faults.Add(Refusal.Issue(IssueType.Value, "http._count", "_count must be a whole number above 0."));
        return (region, Math.Min(count, MostAtOnce), faults);
    }

    // The messages stand in it byte for byte: the region may check their hashes against what others received.
    private static byte[] Collection(IEnumerable<DeliveryRow> rows, RegionHandoffDatabase database)
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "collection");
        var any = false;
        foreach (var row in rows)
        {
            if (!any) json.WriteStartArray("entry");
            any = true;
            json.WriteStartObject();
            json.WritePropertyName("resource");
            json.WriteRawValue(database.Bodies.Decode(row.Body, row.KeyId), skipInputValidation: true);
            json.WriteEndObject();
        }

        if (any) json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
