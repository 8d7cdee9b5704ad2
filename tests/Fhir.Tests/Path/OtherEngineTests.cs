using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fhir.Json;
using Fhir.Path;

namespace Fhir.Tests.Path;

/// <summary>
/// npm's fhirpath (5.2.2, with its R4 model) and this engine say the same of R4's rules and search parameters over HL7's
/// examples. What asks for another resource (`resolve()`) is left out: npm's would have to fetch it.
/// </summary>
public sealed class OtherEngineTests
{
    private const int ExamplesOfAType = 4;

    private const string OfMany =
        "`as` of many items: npm refuses it, here it filters, since R4's own parameters and rules use it so.";

    private const string VeryType = "A primitive is `as` its very type only: R4 tells a canonical from a uri by it.";

    /// <summary>Expressions on which the two differ, with the reason.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["(ActivityDefinition.useContext.value as CodeableConcept)"] = OfMany,
        ["(ActivityDefinition.useContext.value as Quantity) | (ActivityDefinition.useContext.value as "
            + "Range)"] = OfMany,
        ["(Observation.component.value as CodeableConcept)"] = OfMany,
        ["(Observation.component.value as Quantity) | (Observation.component.value as SampledData)"] = OfMany,
        ["(Observation.value as CodeableConcept) | (Observation.component.value as CodeableConcept)"] = OfMany,
        ["(Observation.value as Quantity) | (Observation.value as SampledData) | "
            + "(Observation.component.value as Quantity) | (Observation.component.value as SampledData)"] = OfMany,
        ["(PlanDefinition.useContext.value as CodeableConcept)"] = OfMany,
        ["(PlanDefinition.useContext.value as Quantity) | (PlanDefinition.useContext.value as Range)"] = OfMany,
        ["(ConceptMap.source as uri)"] = VeryType,
        ["(ConceptMap.target as uri)"] = VeryType,
        [ModelInfo.Invariants.First(rule => rule.Key == "dom-3").Expression] = OfMany,
    };

    [Fact]
    public async Task The_engine_of_others_finds_the_same()
    {
        var questions = SharedData.Examples().Select(file => (file, FhirJson.Read(File.ReadAllBytes(file)).Resource))
            .Where(one => one.Resource is not null).GroupBy(one => one.Resource!.TypeName, StringComparer.Ordinal)
            .SelectMany(type => type.Take(ExamplesOfAType))
            .Select(one => (File: one.file, Resource: one.Resource!, Expressions: Of(one.Resource!.TypeDef))).ToList();
        var others = await Ask(questions.Select(one => new { file = one.File, expressions = one.Expressions }));

        var (asked, differing) = (0, new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (var (question, answers) in questions.Zip(others))
        {
            foreach (var (expression, theirs) in question.Expressions.Zip(answers))
            {
                asked++;
                var ours = Ours(question.Resource, expression);
                if (!Said(ours).SequenceEqual(Said(theirs)))
                    differing.TryAdd(expression, $"{System.IO.Path.GetFileName(question.File)}: "
                        + $"[{string.Join(", ", Said(ours))}] / [{string.Join(", ", Said(theirs))}]");
            }
        }

        Assert.True(asked > 3000, $"Only {asked} were asked.");
        Assert.Equal(Differences.Keys.Order(StringComparer.Ordinal), differing.Keys);
    }

    private static string[] Of(TypeDef type) =>
    [
        .. ModelInfo.Invariants.Where(rule => rule.Path == type.Name || rule.Path is "Resource" or "DomainResource")
            .Select(rule => rule.Expression)
            .Concat(ModelInfo.Invariants.Where(rule => rule.Path.StartsWith(type.Name + ".", StringComparison.Ordinal))
                .Select(rule => $"{rule.Path}.all({rule.Expression})"))
            .Concat(ModelInfo.SearchParameters
                .Where(parameter => parameter.Type == type.Name || parameter.Type is "Resource" or "DomainResource")
                .Select(parameter => parameter.Expression))
            .Where(expression => !expression.Contains("resolve()", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string[]? Ours(Resource resource, string expression)
    {
        try
        {
            return [.. FhirPath.Compile(expression).Evaluate(resource).Select(Text)];
        }
        catch (FhirPathException)
        {
            return null;
        }
    }

    private static string Text(object item) => item switch
    {
        PrimitiveType primitive => primitive.Text ?? "null",
        Base => "{}",
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => item.ToString()!,
    };

    // JavaScript knows no 1.0 beside 1. An engine that refuses says nothing.
    private static IEnumerable<string> Said(string[]? items) => items?.Select(item =>
        double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : item) ?? ["(refused)"];

    private static async Task<string[]?[][]> Ask(IEnumerable<object> questions)
    {
        var folder = Directory.CreateTempSubdirectory("omh-fhirpath-").FullName;
        try
        {
            var (asked, answered) = (System.IO.Path.Combine(folder, "asked"), System.IO.Path.Combine(folder, "answered"));
            await File.WriteAllBytesAsync(asked, JsonSerializer.SerializeToUtf8Bytes(questions));
            using var node = Process.Start(new ProcessStartInfo("node", [Script(), asked, answered])
            {
                RedirectStandardError = true,
            })!;
            var errors = await node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, errors);
            return JsonSerializer.Deserialize<string[]?[][]>(await File.ReadAllBytesAsync(answered))!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "OccupationalMentalHealth.sln"))) folder = folder.Parent!;
        return System.IO.Path.Combine(folder.FullName, "tests", "clients", "fhirpath.mjs");
    }
}
