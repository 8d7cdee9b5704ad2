using Fhir;
using Fhir.Validation;
using Messages;
using Messages.Guide;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Tests.Referrals;

/// <summary>What this service sends and answers keeps to the implementation guide, which has its codes.</summary>
public sealed class GuideTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Theory]
    [InlineData("01")]
    [InlineData("03")]
    [InlineData("08")]
    public async Task An_answer_keeps_to_the_profile_of_its_guidance_and_an_unknown_fact_is_no_breach(string example)
    {
        var answer = await app.Send(Example.Fresh(example));
        Assert.Empty(Faults(answer.One<GuidanceResponse>(), "placement-guidance"));
    }

    [Fact]
    public async Task A_handoff_keeps_to_the_profile_of_its_event()
    {
        var message = Example.Fresh("03");
        await app.Send(message);
        var handoff = Assert.Single(await app.Outgoing(message.Journey()));
        Assert.Empty(Faults(handoff, "message-handoff-request"));
        handoff.All<FhirTask>().First().Identifier.Clear();
        Assert.NotEmpty(Faults(handoff, "message-handoff-request"));
    }

    [Fact]
    public void The_codes_of_the_guide_are_the_codes_of_the_decision()
    {
        Same<CareLevel>("care-level");
        Same<CarePlace>("care-place");
        Same<WorkRelatedness>("work-relatedness");
        Same<EarlierResponse>("earlier-response");
        Same<Initiator>("initiator");
        Same<ScopeOfCare>("contract-scope");
    }

    private static void Same<T>(string system) where T : struct, Enum => Assert.Equal(
        Enum.GetValues<T>().Select(value => value.Code()).Order(StringComparer.Ordinal),
        GuideContent.Registry.CodeSystem(Canonicals.CodeSystem(system))!.Concept.Select(concept => concept.Code!)
            .Order(StringComparer.Ordinal));

    private static IEnumerable<string> Faults(Resource resource, string profile) => ResourceValidator.Validate(
        resource, new() { Registry = GuideContent.Registry, Profiles = [Canonicals.StructureDefinition(profile)] })
        .Where(issue => issue.IsError).Select(issue => $"{issue.Expression} {issue.Message}");
}
