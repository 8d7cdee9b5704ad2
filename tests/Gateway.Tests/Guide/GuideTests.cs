using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Fhir.Json;

namespace Gateway.Tests.Guide;

public class GuideTests
{
    [Fact]
    public async Task The_guide_is_a_FHIR_package_whose_index_names_every_resource_in_it()
    {
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/");

        using var answer = await gateway.Client.GetAsync("/ig/package.tgz");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/gzip", answer.Content.Headers.ContentType?.MediaType);
        var files = Files(await answer.Content.ReadAsStreamAsync());
        var manifest = JsonSerializer.Deserialize<JsonElement>(files["package/package.json"]);
        Assert.Equal("4.0.1", manifest.GetProperty("fhirVersions")[0].GetString());
        var named = JsonSerializer.Deserialize<JsonElement>(files["package/.index.json"]).GetProperty("files")
            .EnumerateArray().Select(file => "package/" + file.GetProperty("filename").GetString()).ToArray();
        Assert.Equal(
            files.Keys.Except(["package/package.json", "package/.index.json"])
                .Where(file => !file.StartsWith("package/example/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
        Assert.Contains("package/StructureDefinition-message-referral-request.json", named);
        Assert.All(named, name => Assert.Empty(FhirJson.Read(files[name]).Issues));
        Assert.Contains("package/example/Bundle-03-preventive-contract-confirmed.json", files.Keys);
        Assert.DoesNotContain(files.Keys, name => name.Contains("/Bundle-bad-", StringComparison.Ordinal));
    }

    private static Dictionary<string, byte[]> Files(Stream package)
    {
        using var tar = new TarReader(new GZipStream(package, CompressionMode.Decompress));
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            files.Add(entry.Name, bytes.ToArray());
        }
        return files;
    }
}
