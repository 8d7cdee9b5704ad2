using System.Diagnostics;
using System.Text;
using Fhir.Json;

namespace Fhir.Tests.Json;

/// <summary>Damaged examples. The seed is fixed, so a failure can be repeated.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "null", "true", "1e9", "\"\"", "{}", "[]", "\"\\ud800\"", "\"_", "\\",
        "\"resourceType\":", "\"extension\":[{\"url\":\"u\"}],", "\0", "\u00e4", "<div",
    ];

    [Fact]
    public void Damaged_input_is_refused_with_an_error_or_survives_a_round_trip()
    {
        byte[][] seeds = [.. SharedData.Examples().Select(File.ReadAllBytes).Where(b => b.Length < 6000)];
        var random = new Random(20261123);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20_000 && clock.ElapsedMilliseconds < 3000; i++)
        {
            var input = Damage(seeds[random.Next(seeds.Length)], random);
            try
            {
                Check(input, i % 2 == 0 ? FhirReadOptions.Strict : FhirReadOptions.Lenient);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Round {i}: {e}\n{Encoding.Latin1.GetString(input)}");
            }
        }
    }

    private static void Check(byte[] input, FhirReadOptions options)
    {
        var result = FhirJson.Read(input, options);
        if (!result.Ok)
        {
            Assert.Contains(result.Issues, issue => issue.IsError);
            return;
        }
        var again = FhirJson.Read(FhirJson.Write(result.Resource!));
        Assert.True(again.Ok, string.Join('\n', again.Issues));
        Assert.True(result.Resource.DeepEquals(again.Resource), Encoding.UTF8.GetString(input));
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        List<byte> bytes = [.. seed];
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
                default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
            if (bytes.Count == 0) bytes.Add((byte)'{');
        }
        return [.. bytes];
    }
}
