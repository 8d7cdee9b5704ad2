using System.Collections;
using System.Runtime.CompilerServices;

namespace Fhir.Json;

/// <summary>
/// Writes resources element by element in the order of the specification. An object, array or property is begun in any
/// case and taken back when nothing came into it: FHIR knows no empty ones.
/// </summary>
internal sealed class FhirJsonWriter(JsonBytes json)
{
    public void Resource(Resource resource)
    {
        json.Raw("{\"resourceType\":"u8);
        json.Text(resource.TypeName);
        Elements(resource);
        json.Raw("}"u8);
    }

    // Returns whether there was any.
    private bool Elements(Base value)
    {
        var any = value is Resource;
        foreach (var element in value.TypeDef.All)
        {
            if (value.Get(element.Ordinal) is not { } content) continue;
            var start = json.Length;
            if (any) json.Raw(","u8);
            if (element.IsList ? Items(element, Unsafe.As<IList>(content)) : Single(element, Unsafe.As<Base>(content)))
                any = true;
            else
                json.TakeBack(start);
        }

        return any;
    }

    private bool Single(ElementDef element, Base value)
    {
        var type = value.TypeDef;
        if (type.Primitive != PrimitiveKind.None) return Primitive(element, type, Unsafe.As<PrimitiveType>(value));
        json.Raw(element.Json.Name(type));
        return Object(value);
    }

    private bool Object(Base value)
    {
        if (value is Resource resource)
        {
            Resource(resource);
            return true;
        }

        json.Raw("{"u8);
        var any = Elements(value);
        json.Raw("}"u8);
        return any;
    }

    private bool Items(ElementDef element, IList list)
    {
        if (list.Count == 0) return false;
        if (list[0] is PrimitiveType first) return PrimitiveItems(element, first.TypeDef, list);
        json.Raw(element.Json.Name(((Base)list[0]!).TypeDef));
        json.Raw("["u8);
        var any = false;
        for (var i = 0; i < list.Count; i++)
        {
            var start = json.Length;
            if (any) json.Raw(","u8);
            if (Object(Unsafe.As<Base>(list[i]!))) any = true;
            else json.TakeBack(start);
        }

        json.Raw("]"u8);
        return any;
    }

    private bool Primitive(ElementDef element, TypeDef type, PrimitiveType primitive)
    {
        if (primitive.Text is not null)
        {
            json.Raw(element.Json.Name(type));
            Value(type, primitive);
        }

        if (!primitive.HasIdOrExtension) return primitive.Text is not null;
        if (primitive.Text is not null) json.Raw(","u8);
        json.Raw(element.Json.Companion(type));
        Object(primitive);
        return true;
    }

    // Nulls keep the two arrays of a repeating primitive in step.
    private bool PrimitiveItems(ElementDef element, TypeDef type, IList list)
    {
        var items = list.Cast<PrimitiveType>().Where(item => !item.IsEmpty).ToArray();
        var texts = items.Any(item => item.Text is not null);
        if (texts)
        {
            json.Raw(element.Json.Name(type));
            Array(items, item => item.Text is not null, item => Value(type, item));
        }

        if (!items.Any(item => item.HasIdOrExtension)) return texts;
        if (texts) json.Raw(","u8);
        json.Raw(element.Json.Companion(type));
        Array(items, item => item.HasIdOrExtension, item => Object(item));
        return true;
    }

    private void Array(PrimitiveType[] items, Func<PrimitiveType, bool> has, Action<PrimitiveType> write)
    {
        for (var i = 0; i < items.Length; i++)
        {
            json.Raw(i == 0 ? "["u8 : ","u8);
            if (has(items[i])) write(items[i]);
            else json.Raw("null"u8);
        }

        json.Raw("]"u8);
    }

    private void Value(TypeDef type, PrimitiveType primitive)
    {
        if (type.Primitive <= PrimitiveKind.Decimal) json.Literal(primitive.Text!);
        else json.Text(primitive.Text!);
    }
}
