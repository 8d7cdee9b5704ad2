using Fhir.Path.Values;

namespace Fhir.Path;

/// <summary>
/// One value of a collection where an operator needs it,
/// http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections
/// </summary>
internal static class Singleton
{
    /// <summary>The item, or null for none.</summary>
    public static object? One(Items items) => items.Count switch
    {
        0 => null,
        1 => items[0],
        _ => throw new FhirPathException("One item is needed here, and there are several."),
    };

    /// <summary>The item as a computed value; null for none and for an element without a value.</summary>
    public static object? Value(Items items) => One(items) is { } item ? SystemValue.Of(item) : null;

    /// <summary>A single item that is no boolean counts as true: it exists.</summary>
    public static bool? Bool(Items items)
    {
        if (One(items) is not { } item) return null;
        if (item is bool known) return known;
        return item is FhirBoolean element ? element.Value : true;
    }

    public static int? Int(Items items) => Value(items) switch
    {
        null => null,
        int number => number,
        _ => throw new FhirPathException("An integer is needed here."),
    };

    public static string? Text(Items items) => Value(items) switch
    {
        null => null,
        string text => text,
        _ => throw new FhirPathException("A string is needed here."),
    };
}
