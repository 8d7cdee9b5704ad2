using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Fhir;
using Fhir.Json;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What one entry of a transaction or batch is answered.</summary>
/// <param name="Status">The HTTP status that it would have had by itself.</param>
/// <param name="Body">The resource or Bundle that it gives, as JSON.</param>
/// <param name="Stored">The version that it is about.</param>
/// <param name="Refusal">Why it was not carried out.</param>
internal sealed record EntryAnswer(
    int Status, byte[]? Body = null, (string Type, string Id, long Version, DateTimeOffset Time)? Stored = null,
    Refusal? Refusal = null)
{
    /// <summary>What it shows that it has not written, and by which interaction.</summary>
    public IEnumerable<StoredResource> Shown { get; init; } = [];

    public string Interaction { get; init; } = "";

    public static EntryAnswer Of(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Created(var resource) => Of(201, resource),
        WriteOutcome.Updated(var resource) => Of(200, resource),
        WriteOutcome.Existing(var stored) => Of(200, stored) with { Shown = [stored], Interaction = "read" },
        WriteOutcome.Refused(var refusal) => Of(refusal),
        _ => throw new InvalidOperationException($"No answer for {outcome.GetType().Name}."),
    };

    public static EntryAnswer Of(int status, StoredResource stored) =>
        new(status, stored.Json, (stored.Type, stored.Id, stored.Version, stored.LastUpdated));

    public static EntryAnswer Of(Refusal refusal) => new(refusal.Status, Refusal: refusal);

    private static EntryAnswer Of(int status, Resource resource) => new(
        status, FhirJson.Write(resource),
        (resource.TypeName, resource.Id!, long.Parse(resource.Meta!.VersionId!, CultureInfo.InvariantCulture),
            resource.Meta.LastUpdated!.Value));

    /// <summary>The Bundle of all answers, in the order of the request.</summary>
    /// <param name="type"><c>transaction-response</c> or <c>batch-response</c>.</param>
    /// <param name="root">The absolute address of this base.</param>
    /// <param name="minimal">Whether what was written is left out of the answer.</param>
    public static byte[] Write(string type, string root, IReadOnlyList<EntryAnswer> answers, bool minimal)
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", type);
        if (answers.Count > 0) json.WriteStartArray("entry");
        foreach (var answer in answers) answer.Write(json, root, minimal);
        if (answers.Count > 0) json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json, string root, bool minimal)
    {
        json.WriteStartObject();
        if (Stored is { } at) json.WriteString("fullUrl", $"{root}/{at.Type}/{at.Id}");
        if (Body is not null && !minimal)
        {
            json.WritePropertyName("resource");
            json.WriteRawValue(Body, skipInputValidation: true);
        }

        json.WriteStartObject("response");
        json.WriteString("status", Status.ToString(CultureInfo.InvariantCulture));
        if (Stored is { } stored)
        {
            json.WriteString("location", $"{root}/{stored.Type}/{stored.Id}/_history/{stored.Version}");
            json.WriteString("etag", string.Create(CultureInfo.InvariantCulture, $"W/\"{stored.Version}\""));
            json.WriteString("lastModified", stored.Time);
        }

        if (Refusal is not null)
        {
            json.WritePropertyName("outcome");
            json.WriteRawValue(FhirJson.Write(Refusal.ToOutcome()), skipInputValidation: true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
