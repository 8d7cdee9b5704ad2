using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fhir.Generator.Definitions;

/// <summary>The checked-in definitions, compressed: 4.0.1 does not change, so nobody compares it.</summary>
public static class DefinitionFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static R4Definitions Read(string path)
    {
        using var file = File.OpenRead(path);
        using var unzip = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<R4Definitions>(unzip, Options)
            ?? throw new InvalidDataException($"{path} holds no definitions.");
    }

    public static void Write(string path, R4Definitions definitions)
    {
        using var file = File.Create(path);
        using var zip = new GZipStream(file, CompressionLevel.SmallestSize);
        JsonSerializer.Serialize(zip, definitions, Options);
    }
}
