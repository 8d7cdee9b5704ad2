using System.Text.Json;

namespace Fhir.Json;

/// <summary>How an element is written in JSON: `value` of type Quantity as `valueQuantity`.</summary>
internal sealed class JsonNames
{
    private readonly TypeDef[] _types;
    private readonly JsonEncodedText[] _names;
    private readonly JsonEncodedText[] _companions;

    public JsonNames(ElementDef element)
    {
        _types = element.Resolved;
        _names = Array.ConvertAll(_types, t => JsonEncodedText.Encode(Of(element, t)));
        _companions = Array.ConvertAll(_types, t => JsonEncodedText.Encode("_" + Of(element, t)));
    }

    public static string Of(ElementDef element, TypeDef type) => element.IsChoice
        ? element.Name + char.ToUpperInvariant(type.Name[0]) + type.Name[1..]
        : element.Name;

    public JsonEncodedText Name(TypeDef type) => _names[Index(type)];

    public JsonEncodedText Companion(TypeDef type) => _companions[Index(type)];

    private int Index(TypeDef type)
    {
        if (_types.Length == 1) return 0;
        var index = Array.IndexOf(_types, type);
        return index >= 0 ? index : throw new InvalidOperationException($"{type} is not a type of the choice.");
    }
}
