using Fhir.Path;

namespace Fhir.Tests.Path;

/// <summary>Damaged expressions: they may fail only as documented, and never hang or end the process.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Limits =
        ["2147483647", "79228162514264337593543950335", "0.0000000000000000000000000001", "-9999"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_expression_fails_as_documented_or_gives_something(int seed)
    {
        var random = new Random(seed);
        string[] corpus =
            [.. Hl7Case.All.Values.Select(c => c.Expression), .. ModelInfo.Invariants.Select(i => i.Expression)];
        var input = Hl7Inputs.Get("patient-example.xml");
        var (refused, failed, gave) = (0, 0, 0);
        for (var i = 0; i < 4000; i++)
        {
            var text = Damaged(random, corpus);
            try
            {
                FhirPathExpression.Parse(text).Evaluate(input, new() { MaxSteps = 50_000 });
                gave++;
            }
            catch (FormatException)
            {
                refused++;
            }
            catch (FhirPathException)
            {
                failed++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name} of {text}: {e.StackTrace}");
            }
        }
        Assert.True(refused > 100 && failed > 10 && gave > 100, $"{refused} {failed} {gave}");
    }

    private static string Damaged(Random random, string[] corpus)
    {
        var text = corpus[random.Next(corpus.Length)].Trim();
        for (var i = random.Next(3); i >= 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            var other = corpus[random.Next(corpus.Length)].Trim();
            text = random.Next(6) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at)),
                1 => text.Insert(at, other[random.Next(other.Length)].ToString()),
                2 => text[..at] + other[random.Next(other.Length)..],
                3 => text.Replace("1", Limits[random.Next(Limits.Length)], StringComparison.Ordinal),
                4 => $"({text}){".-+*/|&="[random.Next(8)]}({other})",
                _ => $"({text}).select({other})",
            };
        }
        return text;
    }
}
