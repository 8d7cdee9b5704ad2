using System.Globalization;
using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Http;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What every interaction reads from a request and writes to a response.</summary>
public static class FhirHttp
{
    public const string ContentType = "application/fhir+json; charset=utf-8";

    /// <summary>Headers by which the gateway, and nobody else, tells who asks.</summary>
    public const string OrganisationHeader = "omh-organisation", TenantHeader = "omh-tenant";

    private static readonly string[] JsonTypes = ["application/fhir+json", "application/json"];

    /// <summary>Who asks, or null when the request did not come through the gateway.</summary>
    public static Access? AccessOf(HttpRequest request) =>
        request.Headers[OrganisationHeader] is [{ Length: > 0 } organisation]
        && request.Headers[TenantHeader] is [{ Length: > 0 } tenant]
            ? new Access(tenant, organisation)
            : null;

    /// <summary>The absolute address of a FHIR base, as the client sees it.</summary>
    public static string BaseUrl(HttpRequest request, string path)
    {
        var host = request.Headers["X-Forwarded-Host"] is [{ Length: > 0 } forwarded] ? forwarded : request.Host.Value;
        var scheme = request.Headers["X-Forwarded-Proto"] is [{ Length: > 0 } proto] ? proto : request.Scheme;
        return $"{scheme}://{host}{path}";
    }

    /// <summary>Null when the client takes FHIR JSON or another type that the route gives; otherwise 406.</summary>
    public static Refusal? CheckAccept(HttpContext context)
    {
        var wanted = Wanted(context.Request);
        return wanted.Length == 0 || wanted.Any(IsJson) || OtherType(context) is not null
            ? null
            : new Refusal(406, "SEND_NOT_ACCEPTABLE", [Refusal.Issue(
                IssueType.NotSupported, "", $"Given are {string.Join(", ", JsonTypes.Concat(Others(context)))}.")]);
    }

    /// <summary>
    /// The other type that is wanted before FHIR JSON, of those that the route gives; null for FHIR JSON.
    /// </summary>
    public static string? OtherType(HttpContext context)
    {
        var first = Wanted(context.Request).FirstOrDefault(type =>
            IsJson(type) || Others(context).Contains(type, StringComparer.OrdinalIgnoreCase));
        return first is null || IsJson(first) ? null : first.ToLowerInvariant();
    }

    private static IReadOnlyList<string> Others(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OtherTypes>()?.Types ?? [];

    private static string[] Wanted(HttpRequest request) => request.Query["_format"] is [{ Length: > 0 } format]
        ? [format.Replace(' ', '+')]
        : [.. request.Headers.Accept.SelectMany(line => line!.Split(',')).Select(MediaType)];

    private static bool IsJson(string type) => type is "*/*" or "application/*" or "json" or ""
        || JsonTypes.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the whole body of a JSON request; null with a refusal when its type is another.</summary>
    public static async Task<(byte[]? Body, Refusal? Refusal)> ReadBody(HttpRequest request, CancellationToken cancel)
    {
        if (!JsonTypes.Contains(MediaType(request.ContentType ?? ""), StringComparer.OrdinalIgnoreCase))
        {
            return (null, new Refusal(415, "SEND_UNSUPPORTED_MEDIA", [Refusal.Issue(
                IssueType.NotSupported, "", "The body must be application/fhir+json or application/json.")]));
        }

        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 16_384, 1_000_000));
        await request.Body.CopyToAsync(body, cancel);
        return (body.ToArray(), null);
    }

    /// <summary>Parses a body as a resource; a refusal lists every fault.</summary>
    public static (Resource? Resource, Refusal? Refusal) Parse(byte[] body)
    {
        var read = FhirJson.Read(body);
        return read.Ok ? (read.Resource, null) : (null, Refusal.BadRequest(read.Issues));
    }

    /// <summary>Writes a refusal as an OperationOutcome.</summary>
    public static Task Refuse(HttpResponse response, Refusal refusal, CancellationToken cancel)
    {
        if (refusal.Status is 425 or 429 or 503) response.Headers.RetryAfter = "1";
        return Write(response, refusal.Status, FhirJson.Write(refusal.ToOutcome()), cancel);
    }

    /// <summary>Writes a JSON body.</summary>
    public static Task Write(HttpResponse response, int status, byte[] json, CancellationToken cancel)
    {
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, cancel).AsTask();
    }

    /// <summary>ETag and Last-Modified of a stored version.</summary>
    public static void SetVersion(HttpResponse response, long version, DateTimeOffset lastUpdated)
    {
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");
        response.Headers.LastModified = lastUpdated.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The version that <c>If-Match</c> names: null when the header is absent or names any, 0 when it names none of
    /// ours.
    /// </summary>
    public static long? IfMatch(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0 || request.Headers.IfMatch is ["*"]) return null;
        if (request.Headers.IfMatch is not [{ } tag]) return 0;
        var digits = tag.Replace("W/", "", StringComparison.Ordinal).Trim().Trim('"');
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    /// <summary>A preference such as <c>return</c> or <c>handling</c> from the Prefer header, or null.</summary>
    public static string? Prefer(HttpRequest request, string name) => request.Headers["Prefer"]
        .SelectMany(line => line!.Split([',', ';'], StringSplitOptions.TrimEntries))
        .Select(part => part.Split('='))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    /// <summary>A media type without its parameters.</summary>
    public static string MediaType(string header) => header.Split(';')[0].Trim();
}

/// <summary>Metadata of a route that gives other media types beside FHIR JSON, such as <c>text/csv</c>.</summary>
public sealed record OtherTypes(params IReadOnlyList<string> Types);
