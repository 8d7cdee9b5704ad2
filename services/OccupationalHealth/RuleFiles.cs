using System.Text.Json;
using System.Text.Json.Serialization;
using OccupationalHealth.Placement;

namespace OccupationalHealth;

/// <summary>Reads files of dated rules; what a file says too much or too little is an error.</summary>
internal static class RuleFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(Codes.Naming, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>A file that this version ships.</summary>
    public static T Shipped<T>(string name)
    {
        using var file = typeof(RuleFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in OccupationalHealth");
        return Read<T>(file);
    }

    /// <exception cref="JsonException">The file is not of this form.</exception>
    public static T Read<T>(Stream file) => JsonSerializer.Deserialize<T>(file, Json)
        ?? throw new JsonException("The file is empty");
}
