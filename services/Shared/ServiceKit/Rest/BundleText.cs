using System.Buffers;
using System.Text.Json;

namespace ServiceKit.Rest;

/// <summary>Writes Bundles of stored resources without parsing them again.</summary>
internal static class BundleText
{
    /// <summary>How a version came about, for a history.</summary>
    public sealed record Request(string Method, string Url);

    /// <summary>One entry; <paramref name="Json"/> is a resource as it is stored.</summary>
    public sealed record Entry(string FullUrl, byte[] Json, Request? Request);

    public static byte[] Write(
        string type, long? total, IReadOnlyList<(string Relation, string Url)> links, IEnumerable<Entry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", type);
        if (total is not null) json.WriteNumber("total", total.Value);
        if (links.Count > 0)
        {
            json.WriteStartArray("link");
            foreach (var (relation, url) in links)
            {
                json.WriteStartObject();
                json.WriteString("relation", relation);
                json.WriteString("url", url);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteEntries(json, type, entries);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntries(Utf8JsonWriter json, string type, IEnumerable<Entry> entries)
    {
        var any = false;
        foreach (var entry in entries)
        {
            if (!any) json.WriteStartArray("entry");
            any = true;
            json.WriteStartObject();
            json.WriteString("fullUrl", entry.FullUrl);
            json.WritePropertyName("resource");
            json.WriteRawValue(entry.Json, skipInputValidation: true);
            if (type == "searchset")
            {
                json.WriteStartObject("search");
                json.WriteString("mode", "match");
                json.WriteEndObject();
            }

            if (entry.Request is { } request)
            {
                json.WriteStartObject("request");
                json.WriteString("method", request.Method);
                json.WriteString("url", request.Url);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        if (any) json.WriteEndArray();
    }
}
