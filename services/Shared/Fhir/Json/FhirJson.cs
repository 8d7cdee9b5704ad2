namespace Fhir.Json;

/// <summary>FHIR's JSON format, read strictly and written in the order of the specification.</summary>
public static class FhirJson
{
    /// <summary>
    /// Reads one resource and lists every fault. No input makes it throw. The resource may be there, in part, even
    /// when there are errors; use it only when <see cref="FhirReadResult.Ok"/>.
    /// </summary>
    public static FhirReadResult Read(ReadOnlyMemory<byte> utf8, FhirReadOptions? options = null) =>
        new FhirJsonReader(options ?? FhirReadOptions.Strict).Read(utf8.Span);

    /// <summary>Writes a resource as UTF-8 without insignificant whitespace.</summary>
    public static byte[] Write(Resource resource)
    {
        using var json = new JsonBytes();
        new FhirJsonWriter(json).Resource(resource);
        return json.ToArray();
    }
}

/// <summary>What a read gave.</summary>
/// <param name="Resource">Null when not even its type could be told.</param>
/// <param name="Issues">Every fault and remark, in the order of the bytes where possible.</param>
/// <param name="Ok">True when no issue is an error.</param>
public sealed record FhirReadResult(Resource? Resource, IReadOnlyList<FhirIssue> Issues, bool Ok);

/// <summary>How strictly to read.</summary>
public sealed record FhirReadOptions
{
    /// <summary>Refuses everything that R4 does not allow.</summary>
    public static FhirReadOptions Strict { get; } = new();

    /// <summary>Leaves unknown properties out with a warning, otherwise strict.</summary>
    public static FhirReadOptions Lenient { get; } = new() { IgnoreUnknownProperties = true };

    /// <summary>Greatest depth of nested JSON objects and arrays.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Greatest number of listed issues; one more says that there are others.</summary>
    public int MaxIssues { get; init; } = 100;

    /// <summary>Unknown properties are left out with a warning instead of refused.</summary>
    public bool IgnoreUnknownProperties { get; init; }
}
