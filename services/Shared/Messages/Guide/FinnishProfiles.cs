using Fhir;
using Fhir.Json;

namespace Messages.Guide;

/// <summary>
/// The Finnish base profiles hl7.fhir.fi.base 2.0.0-rc2 (CC0), trimmed to what can be checked by `Fhir.Generator
/// trim-profiles`.
/// </summary>
internal static class FinnishProfiles
{
    public const string Version = "2.0.0-rc2";

    public static IReadOnlyList<Resource> All { get; } = Read();

    /// <summary>The Finnish profile of a type.</summary>
    public static string Canonical(string type) => "https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/fi-base"
        + string.Concat(type.Select(c => char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{c}"));

    private static IReadOnlyList<Resource> Read()
    {
        using var stream = typeof(FinnishProfiles).Assembly.GetManifestResourceStream("Messages.Guide.fi-base.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var bundle = (Bundle)FhirJson.Read(bytes.ToArray()).Resource!;
        return [.. bundle.Entry.Select(entry => entry.Resource).OfType<Resource>()];
    }
}
