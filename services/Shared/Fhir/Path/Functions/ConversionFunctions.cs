using Fhir.Path.Nodes;
using Fhir.Path.Values;

namespace Fhir.Path.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#conversion</summary>
internal static class ConversionFunctions
{
    public static readonly Function[] All =
    [
        new("iif", 2, 3, Iif),
        .. Pair("Boolean", Conversions.ToBoolean),
        .. Pair("Integer", Conversions.ToInteger),
        .. Pair("Decimal", Conversions.ToDecimal),
        .. Pair("Date", Conversions.ToDate),
        .. Pair("DateTime", Conversions.ToDateTime),
        .. Pair("Time", Conversions.ToTime),
        .. Pair("Quantity", Conversions.ToQuantity),
        .. Pair("String", Conversions.ToText),
    ];

    private static Function[] Pair(string type, Func<object, object?> convert) =>
    [
        new("to" + type, 0, 0, (in Frame _, Items input, Node[] _) =>
            Singleton.Value(input) is { } value ? Items.One(convert(value)) : default),
        new("convertsTo" + type, 0, 0, (in Frame _, Items input, Node[] _) =>
            Singleton.Value(input) is { } value ? Items.Of(convert(value) is not null) : default),
    ];

    private static Items Iif(in Frame frame, Items input, Node[] arguments)
    {
        if (input.Count > 1) throw new FhirPathException("iif() needs a single item.");
        var inner = frame.With(input);
        var criterion = Singleton.Value(arguments[0].Evaluate(inner));
        if (criterion is not (bool or null)) throw new FhirPathException("iif() needs a boolean.");
        if (criterion is true) return arguments[1].Evaluate(inner);
        return arguments.Length > 2 ? arguments[2].Evaluate(inner) : default;
    }
}
