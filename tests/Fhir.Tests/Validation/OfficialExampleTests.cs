using Fhir.Json;
using Fhir.Validation;

namespace Fhir.Tests.Validation;

/// <summary>HL7's own R4 examples.</summary>
public sealed class OfficialExampleTests
{
    // Published with the specification and yet against it: an empty narrative, a fullUrl .../pat12 for the id pat2, an
    // Encounter as performer, and logical models that are neither abstract nor derived from anything.
    private static readonly Dictionary<string, string> Invalid = new()
    {
        ["ActivityDefinition-heart-valve-replacement.json"] = "ActivityDefinition.text.div txt-2",
        ["Bundle-10bb101f-a121-4264-a920-67be9cb82c74.json"] = "Bundle.entry[2].fullUrl fullUrl-id",
        ["Observation-clinical-gender.json"] = "Observation.performer[0] reference-target",
        ["Questionnaire-zika-virus-exposure-assessment.json"] = "Questionnaire.text.div txt-2",
        ["StructureDefinition-Definition.json"] = "StructureDefinition sdf-4",
        ["StructureDefinition-FiveWs.json"] = "StructureDefinition sdf-4",
    };

    [Fact]
    public void An_official_example_has_no_error_but_for_those_that_are_listed()
    {
        var (found, validated) = (new Dictionary<string, string>(), 0);
        foreach (var file in SharedData.Examples())
        {
            if (FhirJson.Read(File.ReadAllBytes(file)) is not { Resource: { } resource } read) continue;
            // What was left out because its type is not modelled would be missed here.
            if (read.Issues.Any(i => i.Code == IssueType.NotSupported)) continue;
            validated++;
            var errors = ResourceValidator.Validate(resource, ValidationOptions.ErrorsOnly);
            if (errors.Count > 0) found[System.IO.Path.GetFileName(file)] = string.Join(" | ", errors.Select(Short));
        }
        Assert.Equal(Lines(Invalid), Lines(found));
        Assert.True(validated > 300, $"Only {validated} examples were validated.");
    }

    [Fact]
    public void A_damaged_example_never_makes_the_validator_throw()
    {
        var random = new Random(1);
        var validated = 0;
        foreach (var file in SharedData.Examples())
        {
            var bytes = File.ReadAllBytes(file);
            // Letters for letters and digits for digits, so that it stays JSON.
            for (var i = 0; i < 60; i++)
            {
                ref var at = ref bytes[random.Next(bytes.Length)];
                if (char.IsAsciiLetter((char)at)) at = (byte)"a#/-Z"[random.Next(5)];
                else if (char.IsAsciiDigit((char)at)) at = (byte)('1' + random.Next(9));
            }
            if (FhirJson.Read(bytes, FhirReadOptions.Lenient).Resource is not { } resource) continue;
            ResourceValidator.Validate(resource);
            validated++;
        }
        Assert.True(validated > 100, $"Only {validated} damaged examples could be read at all.");
    }

    private static string Short(FhirIssue issue) =>
        $"{issue.Expression} {issue.Message[..issue.Message.IndexOf(':', StringComparison.Ordinal)]}";

    private static string Lines(Dictionary<string, string> table) =>
        string.Join('\n', table.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}: {p.Value}"));
}
