using System.Collections.Concurrent;

namespace Fhir.Path;

/// <summary>Expressions by their text, parsed once.</summary>
public static class FhirPath
{
    // Rules and search parameters are some 1,500; texts from outside must not fill the memory.
    private const int MostCached = 4096;

    private static readonly ConcurrentDictionary<string, FhirPathExpression> Cache = new(StringComparer.Ordinal);

    /// <summary>The parsed expression, from the cache when it was asked for before.</summary>
    /// <exception cref="FormatException">The text is not FHIRPath; the message says where.</exception>
    public static FhirPathExpression Compile(string text)
    {
        if (Cache.TryGetValue(text, out var known)) return known;
        var parsed = FhirPathExpression.Parse(text);
        if (Cache.Count < MostCached) Cache.TryAdd(text, parsed);
        return parsed;
    }
}
