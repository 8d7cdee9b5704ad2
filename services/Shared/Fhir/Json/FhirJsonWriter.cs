using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fhir.Json;

internal static class FhirJsonWriter
{
    // FHIR's JSON is no HTML: letters of Finnish and Swedish stay readable.
    public static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static readonly JsonWriterOptions Pretty = Compact with { Indented = true };

    public static void Write(Utf8JsonWriter writer, Resource resource)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, resource.TypeName);
        Elements(writer, resource);
        writer.WriteEndObject();
    }

    private static void Elements(Utf8JsonWriter writer, Base value)
    {
        foreach (var element in value.TypeDef.All)
        {
            switch (value.Get(element.Ordinal))
            {
                case null: break;
                case PrimitiveType primitive: Primitive(writer, element, primitive); break;
                case Base child: Child(writer, element, child); break;
                case IList { Count: > 0 } list: Items(writer, element, list); break;
            }
        }
    }

    private static void Child(Utf8JsonWriter writer, ElementDef element, Base child)
    {
        if (child is not Resource && child.IsEmpty) return;
        writer.WritePropertyName(element.Json.Name(child.TypeDef));
        Object(writer, child);
    }

    private static void Object(Utf8JsonWriter writer, Base value)
    {
        if (value is Resource resource)
        {
            Write(writer, resource);
            return;
        }
        writer.WriteStartObject();
        Elements(writer, value);
        writer.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter writer, ElementDef element, IList list)
    {
        if (list[0] is PrimitiveType)
        {
            PrimitiveItems(writer, element, list);
            return;
        }
        var started = false;
        foreach (Base item in list)
        {
            if (item is not Resource && item.IsEmpty) continue;
            if (!started) writer.WriteStartArray(element.Json.Name(item.TypeDef));
            started = true;
            Object(writer, item);
        }
        if (started) writer.WriteEndArray();
    }

    private static void Primitive(Utf8JsonWriter writer, ElementDef element, PrimitiveType primitive)
    {
        if (primitive.Text is not null)
        {
            writer.WritePropertyName(element.Json.Name(primitive.TypeDef));
            Value(writer, primitive);
        }
        if (!primitive.HasIdOrExtension) return;
        writer.WritePropertyName(element.Json.Companion(primitive.TypeDef));
        Companion(writer, primitive);
    }

    // Nulls keep the two arrays of a repeating primitive in step.
    private static void PrimitiveItems(Utf8JsonWriter writer, ElementDef element, IList list)
    {
        var items = list.Cast<PrimitiveType>().Where(p => !p.IsEmpty).ToArray();
        if (items.Any(p => p.Text is not null))
        {
            writer.WriteStartArray(element.Json.Name(items[0].TypeDef));
            foreach (var item in items)
            {
                if (item.Text is null) writer.WriteNullValue();
                else Value(writer, item);
            }
            writer.WriteEndArray();
        }
        if (!items.Any(p => p.HasIdOrExtension)) return;
        writer.WriteStartArray(element.Json.Companion(items[0].TypeDef));
        foreach (var item in items)
        {
            if (item.HasIdOrExtension) Companion(writer, item);
            else writer.WriteNullValue();
        }
        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, PrimitiveType primitive)
    {
        if (primitive.TypeDef.Primitive <= PrimitiveKind.Decimal)
            writer.WriteRawValue(primitive.Text!, skipInputValidation: true);
        else
            writer.WriteStringValue(primitive.Text);
    }

    private static void Companion(Utf8JsonWriter writer, PrimitiveType primitive)
    {
        writer.WriteStartObject();
        Elements(writer, primitive);
        writer.WriteEndObject();
    }
}
