using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Writes Bundles of stored resources without parsing them again.</summary>
internal static class BundleText
{
    /// <summary>What an entry says beside its resource.</summary>
    public enum Kind
    {
        /// <summary>That it matched a search.</summary>
        Match,

        /// <summary>That it came along with a match.</summary>
        Include,

        /// <summary>How the version came about, for a history: bdl-3 and bdl-4 want request and response.</summary>
        Change,
    }

    /// <summary>One entry.</summary>
    public sealed record Entry(string FullUrl, StoredResource Stored, Kind Kind);

    public static void Write(
        IBufferWriter<byte> to, string type, long? total, IReadOnlyList<(string Relation, string Url)> links,
        IEnumerable<Entry> entries)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", type);
        if (total is not null) json.WriteNumber("total", total.Value);
        json.WriteStartArray("link");
        foreach (var (relation, url) in links)
        {
            json.WriteStartObject();
            json.WriteString("relation", relation);
            json.WriteString("url", url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteEntries(json, entries);
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, IEnumerable<Entry> entries)
    {
        var any = false;
        foreach (var entry in entries)
        {
            if (!any) json.WriteStartArray("entry");
            any = true;
            json.WriteStartObject();
            json.WriteString("fullUrl", entry.FullUrl);
            json.WritePropertyName("resource");
            json.WriteRawValue(entry.Stored.Json, skipInputValidation: true);
            if (entry.Kind == Kind.Change) WriteChange(json, entry.Stored);
            else WriteMode(json, entry.Kind == Kind.Match ? "match" : "include");
            json.WriteEndObject();
        }

        if (any) json.WriteEndArray();
    }

    private static void WriteMode(Utf8JsonWriter json, string mode)
    {
        json.WriteStartObject("search");
        json.WriteString("mode", mode);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, StoredResource stored)
    {
        var created = stored.Version == 1;
        json.WriteStartObject("request");
        json.WriteString("method", created ? "POST" : "PUT");
        json.WriteString("url", created ? stored.Type : $"{stored.Type}/{stored.Id}");
        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteString("status", created ? "201" : "200");
        json.WriteString("etag", string.Create(CultureInfo.InvariantCulture, $"W/\"{stored.Version}\""));
        json.WriteString("lastModified", stored.LastUpdated);
        json.WriteEndObject();
    }
}
