using System.Buffers;
using System.Text.Json;
using Fhir.Json;
using Fhir.Validation;
using TestServers;

namespace Benchmarks;

/// <summary>Reading, checking and writing a message, beside what System.Text.Json takes for the same bytes.</summary>
internal static class JsonBenchmarks
{
    private const string Example = "deploy/examples/03-preventive-contract-confirmed.json";

    public static int Run(int rounds)
    {
        // As our own services send it, without whitespace, and as it was written by hand.
        var spaced = System.Text.Encoding.UTF8.GetBytes(ProjectFolder.Text(Example));
        var resource = FhirJson.Read(spaced).Resource!;
        foreach (var (name, bytes) in ((string, byte[])[])[("compact", FhirJson.Write(resource)), ("indented", spaced)])
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {bytes.Length} bytes"));
            Show(bytes.Length, Ratios.Of(rounds, 50,
                ("JsonDocument.Parse", () => JsonDocument.Parse(bytes).Dispose()),
                ("Utf8JsonReader", () => Pass(bytes)),
                ("read strictly", () => FhirJson.Read(bytes)),
                ("read and check", () => ResourceValidator.Validate(FhirJson.Read(bytes).Resource!))));
            using var document = JsonDocument.Parse(bytes);
            Show(bytes.Length, Ratios.Of(rounds, 50,
                ("JsonDocument.WriteTo", () => Write(document)),
                ("write", () => FhirJson.Write(resource))));
        }

        return 0;
    }

    private static void Pass(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
        }
    }

    private static void Write(JsonDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        document.WriteTo(writer);
        writer.Flush();
        buffer.WrittenSpan.ToArray();
    }

    private static void Show(int bytes, IReadOnlyList<Ratios.Result> results)
    {
        foreach (var one in results)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {one.Name,-22}{one.Microseconds,9:0.0} µs{one.Ratio,8:0.00} x{one.AllocatedBytes / bytes,8:0.00} x the bytes allocated"));
    }
}
