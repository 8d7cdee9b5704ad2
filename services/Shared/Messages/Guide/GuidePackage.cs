using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fhir;
using Fhir.Json;

namespace Messages.Guide;

/// <summary>
/// The guide as a FHIR NPM package, for validators and editors of any kind: https://hl7.org/fhir/packages.html. The
/// same content always gives the same bytes.
/// </summary>
public static class GuidePackage
{
    private static readonly Lazy<byte[]> Made = new(Make);

    /// <summary>The package, gzipped; nobody changes it.</summary>
    public static ReadOnlyMemory<byte> Bytes => Made.Value;

    private static byte[] Make()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            Add(tar, "package.json", Json(Manifest()));
            Add(tar, ".index.json", Json(Index()));
            foreach (var resource in GuideContent.Resources) Add(tar, FileOf(resource), FhirJson.Write(resource));
            foreach (var example in GuideContent.Examples)
                Add(tar, $"example/{example.Resource.TypeName}-{example.Name}.json", FhirJson.Write(example.Resource));
        }
        return bytes.ToArray();
    }

    private static JsonObject Manifest() => new()
    {
        ["name"] = GuideContent.PackageId,
        ["version"] = GuideContent.Version,
        ["type"] = "IG",
        ["canonical"] = Canonicals.Base,
        ["description"] = "Profiles, codes and messages of Occupational Mental Health.",
        ["author"] = "Occupational Mental Health",
        ["fhirVersions"] = new JsonArray(ModelInfo.Version),
        ["dependencies"] = new JsonObject
        {
            ["hl7.fhir.r4.core"] = ModelInfo.Version, ["hl7.fhir.fi.base"] = FinnishProfiles.Version,
        },
    };

    private static JsonObject Index() => new()
    {
        ["index-version"] = 1,
        ["files"] = new JsonArray([.. GuideContent.Resources.Select(resource => (JsonNode)new JsonObject
        {
            ["filename"] = FileOf(resource),
            ["resourceType"] = resource.TypeName,
            ["id"] = resource.Id,
            ["url"] = GuideContent.UrlOf(resource),
            ["version"] = GuideContent.Version,
            ["kind"] = (resource as StructureDefinition)?.Kind?.GetLiteral(),
            ["type"] = (resource as StructureDefinition)?.Type,
        })]),
    };

    private static string FileOf(Resource resource) => $"{resource.TypeName}-{resource.Id}.json";

    private static byte[] Json(JsonObject content) => JsonSerializer.SerializeToUtf8Bytes(content);

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "package/" + name)
        {
            DataStream = new MemoryStream(content),
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
}
