using System.Text;

namespace Fhir.Json;

/// <summary>How an element is written in JSON: `value` of type Quantity as `valueQuantity`.</summary>
internal sealed class JsonNames
{
    private readonly TypeDef[] _types;
    private readonly byte[][] _names;
    private readonly byte[][] _companions;

    public JsonNames(ElementDef element)
    {
        _types = element.Resolved;
        _names = Array.ConvertAll(_types, t => Property(Of(element, t)));
        _companions = Array.ConvertAll(_types, t => Property("_" + Of(element, t)));
    }

    public static string Of(ElementDef element, TypeDef type) => element.IsChoice
        ? element.Name + char.ToUpperInvariant(type.Name[0]) + type.Name[1..]
        : element.Name;

    /// <summary>The name in quotes with the colon behind it.</summary>
    public ReadOnlySpan<byte> Name(TypeDef type) => _names[Index(type)];

    /// <summary>The same of what a primitive's id and extensions stand under.</summary>
    public ReadOnlySpan<byte> Companion(TypeDef type) => _companions[Index(type)];

    private static byte[] Property(string name) => Encoding.ASCII.GetBytes($"\"{name}\":");

    private int Index(TypeDef type)
    {
        if (_types.Length == 1) return 0;
        var index = Array.IndexOf(_types, type);
        return index >= 0 ? index : throw new InvalidOperationException($"{type} is not a type of the choice.");
    }
}
