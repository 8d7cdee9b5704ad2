using System.Buffers;
using System.Text.Json;
using Messages;

namespace Gateway.Refusals;

/// <summary>Writes a refusal as an R4 OperationOutcome: http://hl7.org/fhir/R4/operationoutcome.html</summary>
public static class OperationOutcome
{
    public const string ContentType = "application/fhir+json; charset=utf-8";

    public static ReadOnlyMemory<byte> Of(Refusal refusal)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "OperationOutcome");
            json.WriteStartArray("issue");
            json.WriteStartObject();
            json.WriteString("severity", "error");
            json.WriteString("code", refusal.Issue);
            json.WriteStartObject("details");
            json.WriteStartArray("coding");
            json.WriteStartObject();
            json.WriteString("system", Systems.Error);
            json.WriteString("code", refusal.Code);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("text", refusal.Text);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
