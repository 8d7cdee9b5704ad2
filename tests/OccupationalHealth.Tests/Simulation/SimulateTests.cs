using System.Net;
using System.Xml.Linq;
using Fhir;

namespace OccupationalHealth.Tests.Simulation;

/// <summary><c>$simulate</c> of the service, with the example that newcomers post.</summary>
public sealed class SimulateTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private static readonly string Sample = Example.Text("22-*.ndjson");

    [Fact]
    public async Task The_example_tells_the_demand_of_each_alternative_and_stores_nothing()
    {
        var before = await app.Count("GuidanceResponse");
        var (status, _, answer) = await app.PostLines(Sample, "application/fhir+json");

        Assert.Equal(HttpStatusCode.OK, status);
        var parameters = Assert.IsType<Parameters>(Fhir.Json.FhirJson.Read(
            System.Text.Encoding.UTF8.GetBytes(answer)).Resource);
        var report = Assert.IsType<MeasureReport>(
            parameters.Parameter.Single(one => one.Name == "demand").Resource);
        Assert.Equal(["now × now", "medical care for all × now"], report.Group.Select(group => group.Code!.Text));
        Assert.All(report.Group, group => Assert.Equal(60, group.Population.Single().Count));
        Assert.Equal(
            ["care-place", "care-level", "method", "start", "month"],
            report.Group[0].Stratifier.Select(one => one.Code[0].Coding[0].Code));
        Assert.True(Stays(report.Group[1]) > Stays(report.Group[0]), "More is kept under the wider contracts.");
        Assert.Empty(Fhir.Validation.ResourceValidator.Validate(
            parameters, Fhir.Validation.ValidationOptions.ErrorsOnly));
        Assert.Equal(before, await app.Count("GuidanceResponse"));
    }

    [Theory]
    [InlineData("fi", "Hyvinvointialueen perusterveydenhuolto", "sopimukset;")]
    [InlineData("sv", "Välfärdsområdets primärvård", "avtal;")]
    [InlineData("en", "Primary care of the region", "contracts;")]
    public async Task It_is_a_table_and_a_picture_in_three_languages(string language, string place, string column)
    {
        var (_, type, table) = await app.PostLines(Sample, "text/csv", $"?lang={language}");
        Assert.Equal("text/csv", type);
        Assert.StartsWith(column, table, StringComparison.Ordinal);
        Assert.Contains($";region-primary-care;{place};", table, StringComparison.Ordinal);

        var (_, _, picture) = await app.PostLines(Sample, "image/svg+xml", $"?lang={language}");
        var svg = XDocument.Parse(picture).Root!;
        Assert.Equal(language, svg.Attribute("lang")!.Value);
        Assert.Contains(place, svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_line_is_a_warning_beside_the_demand_and_a_faulty_scenario_is_refused()
    {
        var (status, _, answer) = await app.PostLines(Sample + "{\"age\":1}", "application/fhir+json");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("line[62].asOf", answer, StringComparison.Ordinal);

        (status, _, answer) = await app.PostLines("{}\n", "application/fhir+json");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("line[1].contracts", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_body_is_refused_and_the_metadata_names_the_operation()
    {
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await app.Post("$simulate", "a;b")).Status);
        var metadata = Assert.IsType<CapabilityStatement>((await app.Metadata()).Body);
        Assert.Contains(metadata.Rest[0].Operation, operation => operation.Name == "simulate");
    }

    private static int Stays(MeasureReport.GroupComponent group) => group.Stratifier[0].Stratum
        .Where(stratum => stratum.Component[0].Value!.Coding[0].Code == "occupational-health")
        .Sum(stratum => stratum.Population[0].Count ?? 0);
}
