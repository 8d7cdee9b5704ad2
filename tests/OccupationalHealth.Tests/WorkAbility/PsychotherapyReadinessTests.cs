using System.Net;
using Fhir;

namespace OccupationalHealth.Tests.WorkAbility;

/// <summary>Domain row 15: age 16–67, three months of care after the diagnosis, statement, threat, alternatives.</summary>
public sealed class PsychotherapyReadinessTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>
{
    [Theory]
    [InlineData("", "")]
    [InlineData("age", "psychotherapy-age")]
    [InlineData("diagnosed-on", "psychotherapy-diagnosis,psychotherapy-care")]
    [InlineData("months-of-care", "psychotherapy-care")]
    [InlineData("psychiatrists-statement", "psychotherapy-statement")]
    [InlineData("work-or-study-threatened", "psychotherapy-work-threatened")]
    [InlineData("alternatives-considered", "psychotherapy-alternatives")]
    [InlineData("age,psychiatrists-statement", "psychotherapy-age,psychotherapy-statement")]
    public async Task Each_condition_that_is_not_known_to_be_met_is_named(string without, string missing) =>
        Assert.Equal(missing, await Missing([.. All().Where(part => !without.Split(',').Contains(part.Name))]));

    [Theory]
    [InlineData(15, "psychotherapy-age")]
    [InlineData(16, "")]
    [InlineData(67, "")]
    [InlineData(68, "psychotherapy-age")]
    public async Task The_age_is_from_16_to_67(int age, string missing) =>
        Assert.Equal(missing, await Missing([.. All().Where(part => part.Name != "age"), Part("age", new Integer(age))]));

    [Theory]
    [InlineData("2026-08-20", "")]
    [InlineData("2026-08-21", "psychotherapy-care")]
    public async Task Three_months_are_counted_from_the_diagnosis(string day, string missing) => Assert.Equal(missing,
        await Missing([.. All().Where(part => part.Name != "diagnosed-on"), Part("diagnosed-on", new Date(day))]));

    [Fact]
    public async Task What_is_not_understood_is_refused_with_its_place()
    {
        var answer = await Ask([Part("name", new FhirString("somebody")), Part("age", new FhirString("40"))]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["not-supported Parameters.parameter[0].name", "value Parameters.parameter[1].value"], answer.Faults);
    }

    [Fact]
    public async Task The_capability_statement_names_the_operations()
    {
        var statement = (CapabilityStatement)(await app.Metadata()).Body;
        var named = statement.Rest.Single().Resource.SelectMany(resource =>
            resource.Operation.Select(operation => $"{resource.Type!.Value.GetLiteral()}/${operation.Name}"));
        Assert.Subset(
            named.ToHashSet(),
            new HashSet<string> { "Contract/$import", "ServiceRequest/$psychotherapy-readiness", "Task/$hand-over" });
    }

    private async Task<string> Missing(IReadOnlyList<Parameters.ParameterComponent> known)
    {
        var answer = (Parameters)(await Ask(known)).Body;
        var missing = answer.Parameter.Where(part => part.Name == "missing").Select(part => (Coding)part.Value!).ToList();
        Assert.Equal(missing.Count == 0, ((FhirBoolean)answer.Parameter.Single(part => part.Name == "ready").Value!).Value);
        Assert.All(missing, coding => Assert.Equal(2, coding.DisplayElement!.Extension.Count));
        return string.Join(',', missing.Select(coding => coding.Code));
    }

    private Task<Answer> Ask(IReadOnlyList<Parameters.ParameterComponent> known)
    {
        var input = new Parameters();
        input.Parameter.AddRange(known);
        return app.Post("ServiceRequest/$psychotherapy-readiness", input);
    }

    private static IEnumerable<Parameters.ParameterComponent> All() =>
    [
        Part("age", new Integer(40)), Part("diagnosed-on", new Date("2026-05-01")), Part("months-of-care", new Integer(3)),
        Part("psychiatrists-statement", new FhirBoolean(true)), Part("work-or-study-threatened", new FhirBoolean(true)),
        Part("alternatives-considered", new FhirBoolean(true)),
    ];

    private static Parameters.ParameterComponent Part(string name, DataType value) => new() { Name = name, Value = value };
}
