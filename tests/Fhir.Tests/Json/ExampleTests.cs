using System.Text.Json;
using Fhir.Json;

namespace Fhir.Tests.Json;

/// <summary>HL7's own R4 examples, 4.0.1.</summary>
public sealed class ExampleTests
{
    // Published with the specification and yet against it: both have an empty narrative (txt-2).
    private static readonly Dictionary<string, string> Invalid = new()
    {
        ["ActivityDefinition-heart-valve-replacement.json"] = "ActivityDefinition.text.div",
        ["Questionnaire-zika-virus-exposure-assessment.json"] = "Questionnaire.text.div",
    };

    [Fact]
    public void An_invalid_example_is_refused_for_its_one_fault()
    {
        foreach (var (name, expression) in Invalid)
        {
            var file = SharedData.Examples().Single(f => System.IO.Path.GetFileName(f) == name);
            Assert.Equal(expression, Assert.Single(FhirJson.Read(File.ReadAllBytes(file)).Issues).Expression);
        }
    }

    [Fact]
    public void Every_other_example_comes_back_token_by_token_or_names_the_types_that_are_not_modelled()
    {
        var (faults, back) = (new List<string>(), 0);
        foreach (var file in SharedData.Examples().Where(f => !Invalid.ContainsKey(System.IO.Path.GetFileName(f))))
        {
            var bytes = File.ReadAllBytes(file);
            var result = FhirJson.Read(bytes);
            var name = System.IO.Path.GetFileName(file);
            faults.AddRange(result.Issues.Where(i => i.Code != IssueType.NotSupported).Select(i => $"{name}: {i}"));
            if (!result.Ok)
            {
                if (NotModelled(bytes) != result.Issues.Count) faults.Add($"{name}: {result.Issues.Count} issues");
                continue;
            }
            back++;
            var written = FhirJson.Write(result.Resource!);
            if (JsonDifference.Find(JsonElement.Parse(bytes), JsonElement.Parse(written)) is { } difference)
                faults.Add($"{name}: {difference}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(back > 300, $"Only {back} examples were read.");
    }

    [Fact]
    public void A_copy_equals_its_original_until_it_is_changed()
    {
        foreach (var file in SharedData.Examples().Where((_, i) => i % 10 == 0))
        {
            if (FhirJson.Read(File.ReadAllBytes(file)) is not { Ok: true, Resource: { } original }) continue;
            var copy = original.Clone();
            Assert.True(original.DeepEquals(copy), file);
            Assert.Equal(FhirJson.Write(original), FhirJson.Write(copy));
            copy.Id = "changed";
            Assert.False(original.DeepEquals(copy), file);
        }
    }

    private static int NotModelled(byte[] json)
    {
        var count = 0;
        void Walk(JsonElement e)
        {
            if (e.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in e.EnumerateArray()) Walk(item);
            }
            if (e.ValueKind != JsonValueKind.Object) return;
            if (e.TryGetProperty("resourceType", out var type) && !ModelInfo.ResourceTypes.Contains(type.GetString()))
            {
                count++;
                return;
            }
            foreach (var property in e.EnumerateObject()) Walk(property.Value);
        }
        Walk(JsonElement.Parse(json));
        return count;
    }
}
