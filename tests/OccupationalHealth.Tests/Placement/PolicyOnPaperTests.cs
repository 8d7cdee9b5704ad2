using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fhir;
using Fhir.Json;
using Fhir.Validation;
using Messages.Guide;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Placement;

/// <summary>The guide tells of the placement policy what it does.</summary>
public sealed class PolicyOnPaperTests
{
    private const string Checked = "services/Shared/Messages/Guide/placement.json";

    [Fact]
    public void What_the_guide_says_of_the_policy_is_what_the_policy_does()
    {
        var made = Indented(FhirJson.Write(PolicyOnPaper.Make()));
        if (Environment.GetEnvironmentVariable("OMH_WRITE_PLAN") is not null)
            File.WriteAllText(Path.Combine(TestServers.ProjectFolder.Root, Checked), made);
        Assert.Equal(made, TestServers.ProjectFolder.Text(Checked));
    }

    [Fact]
    public void It_keeps_R4_and_names_only_codes_that_are_there()
    {
        var bundle = PolicyOnPaper.Make();
        Assert.Empty(ResourceValidator.Validate(bundle, GuideContent.Refused).Select(i => $"{i.Expression} {i.Message}"));
        var reasons = bundle.Entry[1].Resource as CodeSystem;
        var named = ((PlanDefinition)bundle.Entry[0].Resource!).Action.SelectMany(step => step.Action)
            .SelectMany(one => one.Reason).Select(reason => reason.Coding.Single().Code);
        Assert.Subset(reasons!.Concept.Select(concept => concept.Code).ToHashSet(), named.ToHashSet());
    }

    [Fact]
    public void A_step_is_not_held_up_by_those_behind_it()
    {
        for (var i = 0; i < PolicyOnPaper.Steps.Length; i++)
        {
            foreach (var contracts in (ContractScope[][])[[], [Given.Preventive], [Given.Contract()]])
            {
                var alone = PolicyOnPaper.Steps[i].With(Given.Worker);
                var all = PolicyOnPaper.Steps[i..].Reverse().Aggregate(Given.Worker, (facts, step) => step.With(facts));
                Assert.Equal(PolicyOnPaper.Decide(alone, contracts).Place, PolicyOnPaper.Decide(all, contracts).Place);
            }
        }
    }

    private static string Indented(byte[] json) =>
        JsonNode.Parse(Encoding.UTF8.GetString(json))!.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
}
