using System.Buffers;
using System.Globalization;
using Fhir;
using Fhir.Json;
using Fhir.Validation;
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

    /// <summary>Null when the client takes FHIR JSON, or what else the route gives; otherwise 406.</summary>
    public static Refusal? CheckAccept(HttpRequest request)
    {
        var given = JsonTypes.Concat(OtherFormatsOf(request)).ToList();
        var wanted = Wanted(request);
        return wanted.Count == 0 || wanted.Any(type => IsAnything(type)
            || given.Contains(type, StringComparer.OrdinalIgnoreCase))
            ? null
            : NotAcceptable(given);
    }

    /// <summary>406: what the client takes is none of what is given.</summary>
    public static Refusal NotAcceptable(IEnumerable<string> given) => new(406, "SEND_NOT_ACCEPTABLE", [Refusal.Issue(
        IssueType.NotSupported, "", $"Only {string.Join(", ", given)} are given.")]);

    /// <summary>The format beside FHIR JSON that the client wants before it; null where it is JSON.</summary>
    public static string? OtherFormat(HttpRequest request)
    {
        var first = Wanted(request).FirstOrDefault(type => IsAnything(type)
            || JsonTypes.Concat(OtherFormatsOf(request)).Contains(type, StringComparer.OrdinalIgnoreCase));
        return OtherFormatsOf(request).FirstOrDefault(
            given => given.Equals(first, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAnything(string type) => type is "*/*" or "application/*" or "json" or "";

    private static IReadOnlyList<string> Wanted(HttpRequest request) =>
        request.Query["_format"] is [{ Length: > 0 } format]
            ? [format.Replace(' ', '+')]
            : [.. request.Headers.Accept.SelectMany(line => line!.Split(',')).Select(MediaType)];

    private static IReadOnlyList<string> OtherFormatsOf(HttpRequest request) =>
        request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<OtherFormats>()?.MediaTypes ?? [];

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

    /// <summary>Parses a body as a resource that keeps R4's rules; a refusal lists every fault.</summary>
    public static (Resource? Resource, Refusal? Refusal) Parse(byte[] body)
    {
        var (resource, faults) = Read(body);
        return faults.Count == 0 ? (resource, null) : (null, Refusal.BadRequest(faults));
    }

    /// <summary>
    /// Parses a body and lists every fault. A resource that only breaks rules of R4 is given beside them, so that the
    /// faults which our own rules find can be told in the same answer.
    /// </summary>
    public static (Resource? Resource, IReadOnlyList<FhirIssue> Faults) Read(byte[] body)
    {
        var read = FhirJson.Read(body);
        return read.Ok
            ? (read.Resource, ResourceValidator.Validate(read.Resource!, ValidationOptions.ErrorsOnly))
            : (null, read.Issues);
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

    /// <summary>Writes a JSON body that may be long, as it comes.</summary>
    public static async Task Write(
        HttpResponse response, int status, Action<IBufferWriter<byte>> json, CancellationToken cancel)
    {
        response.StatusCode = status;
        response.ContentType = ContentType;
        json(response.BodyWriter);
        await response.BodyWriter.FlushAsync(cancel);
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
        return request.Headers.IfMatch is [{ } tag] ? VersionOf(tag) : 0;
    }

    /// <summary>The version that an ETag names; 0 when it names none of ours.</summary>
    public static long VersionOf(string tag)
    {
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

/// <summary>On a route: the media types that it gives beside FHIR JSON.</summary>
public sealed record OtherFormats(params IReadOnlyList<string> MediaTypes);
