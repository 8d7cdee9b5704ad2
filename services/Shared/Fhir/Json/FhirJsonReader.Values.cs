using System.Collections;
using System.Text.Json;

namespace Fhir.Json;

internal sealed partial class FhirJsonReader
{
    /// <summary>Reads one property's value into its owner.</summary>
    /// <returns>True when a list of primitives had a null, whose counterpart must be looked for at the end.</returns>
    /// <param name="isFirst">Whether nothing was read yet of what the element holds.</param>
    private bool ReadProperty(ref Utf8JsonReader reader, Base owner, in Property property, bool isFirst)
    {
        var element = property.Element;
        if (property.Type.IsPrimitive)
        {
            if (element.IsList) return ReadPrimitives(ref reader, owner, in property);
            if (!isFirst && !TakesType(ref reader, owner, in property)) return false;
            var primitive = isFirst
                ? NewPrimitive(in property)
                : owner.Get(element.Ordinal) as PrimitiveType ?? NewPrimitive(in property);
            ReadPrimitive(ref reader, primitive, in property);
            owner.Set(element.Ordinal, primitive);
        }
        else if (element.IsList)
        {
            ReadItems(ref reader, owner, in property);
        }
        else if ((isFirst || TakesType(ref reader, owner, in property)) && ReadItem(ref reader, in property) is { } item)
        {
            owner.Set(element.Ordinal, item);
        }
        return false;
    }

    private bool TakesType(ref Utf8JsonReader reader, Base owner, in Property property)
    {
        if (!property.Element.IsChoice || owner.Get(property.Element.Ordinal) is not Base other) return true;
        if (other.TypeDef == property.Type) return true;
        _issues.Error(IssueType.Structure,
            $"{property.Element} has two types, {other.TypeDef} and {property.Type}.", reader.TokenStartIndex);
        reader.Skip();
        return false;
    }

    private static PrimitiveType NewPrimitive(in Property property) =>
        (PrimitiveType)property.Element.NewItem(property.Type);

    private void ReadItems(ref Utf8JsonReader reader, Base owner, in Property property)
    {
        var position = reader.TokenStartIndex;
        if (!Expect(ref reader, JsonTokenType.StartArray, "an array")) return;
        var list = owner.Items(property.Element.Ordinal);
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _issues.Index = count++;
            if (ReadItem(ref reader, in property) is { } item) list.Add(item);
        }
        CheckCount(property.Element, count, position);
    }

    private Base? ReadItem(ref Utf8JsonReader reader, in Property property)
    {
        if (property.Type.IsAbstract) return ReadResource(ref reader);
        var position = reader.TokenStartIndex;
        if (!Expect(ref reader, JsonTokenType.StartObject, "a JSON object")) return null;
        var item = property.Type.Create();
        ReadObject(ref reader, item, property.Type, isResource: false);
        if (property.Element.RequiredCodes is { } codes) CheckBinding(item, codes, position);
        return item;
    }

    private bool ReadPrimitives(ref Utf8JsonReader reader, Base owner, in Property property)
    {
        var position = reader.TokenStartIndex;
        if (!Expect(ref reader, JsonTokenType.StartArray, "an array")) return false;
        var list = owner.Items(property.Element.Ordinal);
        var (count, nulls) = (0, false);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _issues.Index = count;
            if (count == list.Count) list.Add(NewPrimitive(in property));
            var primitive = (PrimitiveType)list[count++]!;
            if (reader.TokenType == JsonTokenType.Null) nulls = true;
            else ReadPrimitive(ref reader, primitive, in property);
        }
        CheckCount(property.Element, count, position);
        return nulls;
    }

    private void CheckCount(ElementDef element, int count, long position)
    {
        _issues.Index = -1;
        if (count == 0) _issues.Error(IssueType.Structure, "An array must not be empty.", position);
        if (count > element.Max)
            _issues.Error(IssueType.Structure, $"{element} has more than {element.Max} items.", position);
    }

    private void ReadPrimitive(ref Utf8JsonReader reader, PrimitiveType primitive, in Property property)
    {
        if (property.IsCompanion)
        {
            if (Expect(ref reader, JsonTokenType.StartObject, "a JSON object with id or extension"))
                ReadObject(ref reader, primitive, property.Type, isResource: false);
            return;
        }
        var (kind, position) = (property.Type.Primitive, reader.TokenStartIndex);
        var text = ReadText(ref reader, kind, property.Recurs);
        if (text is null) return;
        primitive.Text = text;
        if (Lexical.Fault(kind, text) is { } fault)
            _issues.Error(IssueType.Value, $"{property.Element} ({property.Type}) {fault}.", position);
        else if (property.IsElementId && Lexical.HasBlank(text))
            _issues.Error(IssueType.Value, $"{property.Element} must not have whitespace.", position);
        else if (property.Element.RequiredCodes is { } codes && codes.IndexOf(text) < 0)
            _issues.Error(IssueType.CodeInvalid, $"{property.Element} {Allowed(codes)}.", position);
    }

    private string? ReadText(ref Utf8JsonReader reader, PrimitiveKind kind, bool recurs)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True when kind == PrimitiveKind.Boolean: return "true";
            case JsonTokenType.False when kind == PrimitiveKind.Boolean: return "false";
            case JsonTokenType.Number when kind is > PrimitiveKind.Boolean and <= PrimitiveKind.Decimal:
                return JsonStrings.Cached(reader.ValueSpan);
            case JsonTokenType.String when kind > PrimitiveKind.Decimal:
                if (JsonStrings.Read(ref reader, recurs) is { } text) return text;
                _issues.Error(IssueType.Value, "The text has half of a surrogate pair.", reader.TokenStartIndex);
                return null;
        }
        // No JSON value has this type, so the check reports and skips.
        Expect(ref reader, JsonTokenType.None, kind switch
        {
            PrimitiveKind.Boolean => "a JSON boolean",
            <= PrimitiveKind.Decimal => "a JSON number",
            _ => "a JSON string",
        });
        return null;
    }

    // A null stands for "see the other array"; where that has nothing either, the item is empty.
    private void CheckNulls(Base owner, long position)
    {
        foreach (var element in owner.TypeDef.All)
        {
            if (!element.IsList || owner.Get(element.Ordinal) is not IList list) continue;
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is not PrimitiveType { IsEmpty: true }) continue;
                _issues.ErrorAt(element, i, IssueType.Structure, "null here needs an extension there.", position);
            }
        }
    }

    private void CheckBinding(Base item, CodeList codes, long position)
    {
        var ok = item switch
        {
            Coding coding => codes.Contains(coding.System, coding.Code),
            CodeableConcept concept => concept.Coding.Any(c => codes.Contains(c.System, c.Code)),
            _ => true,
        };
        if (!ok) _issues.Error(IssueType.CodeInvalid, $"One coding {Allowed(codes)}.", position);
    }

    private static string Allowed(CodeList codes) => codes.Codes.Count <= 20
        ? $"must be one of {string.Join(", ", codes.Codes)} ({codes.ValueSet})"
        : $"must be a code of {codes.ValueSet}";
}
