using System.Numerics;
using System.Text;

namespace Fhir.Json;

/// <summary>
/// The JSON properties of a type, one for each type of a choice and one more for each primitive's companion (`_x`),
/// found by hash from the bytes of the name.
/// </summary>
internal sealed class PropertyTable
{
    /// <summary>No type has more properties than this.</summary>
    public const int Most = 256;

    private const int LookAhead = 4;

    private readonly Property[] _properties;
    private readonly int[] _buckets;

    public PropertyTable(TypeDef type)
    {
        var found = new List<Property>();
        var required = new List<RequiredElement>();
        foreach (var element in type.All)
        {
            var first = found.Count;
            foreach (var item in element.Resolved) Add(found, element, item);
            if (element.Min > 0) required.Add(new(element, first, found.Count));
        }
        _properties = [.. found];
        Required = [.. required];
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)(_properties.Length * 2 + 1))];
        Array.Fill(_buckets, -1);
        for (var i = 0; i < _properties.Length; i++)
        {
            ref var bucket = ref _buckets[Hash(_properties[i].Name) & (_buckets.Length - 1)];
            _properties[i].Next = bucket;
            bucket = i;
            var isPaired = _properties[i] is { IsCompanion: true } || (i + 1 < _properties.Length && _properties[i + 1].IsCompanion);
            if (isPaired) _properties[i].Pair = _properties[i].IsCompanion ? i - 1 : i + 1;
            _properties[i].After = i + (isPaired && !_properties[i].IsCompanion ? 2 : 1);
        }
        if (_properties.Length > Most) throw new InvalidOperationException($"{type} has more than {Most} properties.");
    }

    /// <summary>Elements that must be present.</summary>
    public RequiredElement[] Required { get; }

    public int Count => _properties.Length;

    public ref readonly Property this[int index] => ref _properties[index];

    /// <summary>
    /// Place of the property, or -1. Most senders write in the order of the specification, so the places after the
    /// last one are tried first.
    /// </summary>
    public int Find(ReadOnlySpan<byte> name, int hint)
    {
        for (var ahead = 0; ahead < LookAhead && (uint)hint < (uint)_properties.Length; ahead++)
        {
            ref readonly var next = ref _properties[hint];
            if (name.SequenceEqual(next.Name)) return hint;
            hint = next.After;
        }
        for (var i = _buckets[Hash(name) & (_buckets.Length - 1)]; i >= 0; i = _properties[i].Next)
        {
            if (name.SequenceEqual(_properties[i].Name)) return i;
        }
        return -1;
    }

    private static void Add(List<Property> found, ElementDef element, TypeDef type)
    {
        var name = JsonNames.Of(element, type);
        // Texts that recur from message to message are worth a cache; names of people are kept out of it.
        var recurs = type.Primitive is PrimitiveKind.Uri or PrimitiveKind.Canonical or PrimitiveKind.Code
            || (element.Owner.Name == "Coding" && type.Primitive == PrimitiveKind.String);
        // The id of an element is an attribute, which cannot have extensions.
        var isElementId = element.Name == "id" && element.Owner.Name == "Element";
        found.Add(new(Encoding.UTF8.GetBytes(name), element, type, false, recurs) { IsElementId = isElementId });
        if (type.IsPrimitive && !isElementId && type.Primitive != PrimitiveKind.XHtml)
            found.Add(new(Encoding.UTF8.GetBytes("_" + name), element, type, true, false));
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        return (int)JsonStrings.Hash(name);
    }
}

/// <param name="IsCompanion">True for `_x`, which carries the id and extensions of the primitive `x`.</param>
/// <param name="Recurs">The text is likely to be seen again.</param>
internal record struct Property(byte[] Name, ElementDef Element, TypeDef Type, bool IsCompanion, bool Recurs)
{
    public int Next;

    /// <summary>Place of `_x` for `x` and the other way round; -1 where there is none.</summary>
    public int Pair = -1;

    /// <summary>Place of what usually comes next: not the companion.</summary>
    public int After;

    public bool IsElementId { get; init; }
}

/// <summary>An element with a minimum, and the range of its properties in the table.</summary>
internal readonly record struct RequiredElement(ElementDef Element, int First, int End);
