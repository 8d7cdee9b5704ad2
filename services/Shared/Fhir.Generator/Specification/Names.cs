using System.Text.RegularExpressions;

namespace Fhir.Generator.Specification;

/// <summary>How FHIR's names become C# names, after the customs of Hl7.Fhir.R4.</summary>
internal static partial class Names
{
    /// <summary>FHIR primitive → C# class, and the type of its value.</summary>
    public static readonly IReadOnlyDictionary<string, (string Class, string Native)> Primitives =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            ["boolean"] = ("FhirBoolean", "bool?"),
            ["integer"] = ("Integer", "int?"),
            ["positiveInt"] = ("PositiveInt", "int?"),
            ["unsignedInt"] = ("UnsignedInt", "int?"),
            ["decimal"] = ("FhirDecimal", "decimal?"),
            ["string"] = ("FhirString", "string?"),
            ["uri"] = ("FhirUri", "string?"),
            ["url"] = ("FhirUrl", "string?"),
            ["canonical"] = ("Canonical", "string?"),
            ["code"] = ("Code", "string?"),
            ["id"] = ("Id", "string?"),
            ["oid"] = ("Oid", "string?"),
            ["uuid"] = ("Uuid", "string?"),
            ["markdown"] = ("Markdown", "string?"),
            ["base64Binary"] = ("Base64Binary", "byte[]?"),
            ["instant"] = ("Instant", "DateTimeOffset?"),
            ["date"] = ("Date", "string?"),
            ["dateTime"] = ("FhirDateTime", "string?"),
            ["time"] = ("Time", "string?"),
            ["xhtml"] = ("XHtml", "string?"),
        };

    /// <summary>Hand-written classes and the number of elements that they have, inherited ones included.</summary>
    public static readonly IReadOnlyDictionary<string, int> Bases = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["Element"] = 2,
        ["DataType"] = 2,
        ["BackboneElement"] = 3,
        ["BackboneType"] = 3,
        ["Resource"] = 4,
        ["DomainResource"] = 8,
    };

    public static string Class(string fhirType) => fhirType switch
    {
        "Reference" => "ResourceReference",
        "Task" => "FhirTask",
        _ => Primitives.TryGetValue(fhirType, out var primitive) ? primitive.Class : fhirType,
    };

    public static string Pascal(string name) => string.Concat(
        NotAlphanumeric().Split(name).Where(p => p.Length > 0).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    /// <summary>`in-progress` → `InProgress`; operators are spelled out.</summary>
    public static string EnumMember(string code)
    {
        var name = code switch
        {
            "=" => "Equal",
            "<" => "LessThan",
            ">" => "GreaterThan",
            "<=" => "LessOrEqual",
            ">=" => "GreaterOrEqual",
            "!=" => "NotEqual",
            _ => Pascal(code),
        };
        return char.IsAsciiDigit(name[0]) ? "N" + name : name;
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotAlphanumeric();
}
