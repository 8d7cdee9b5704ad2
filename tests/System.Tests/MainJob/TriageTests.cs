using System.Net;
using Fhir;

namespace System.Tests.MainJob;

/// <summary>
/// Scores, and reports of what came of care, are reached through the gateway as every client reaches them.
/// </summary>
public sealed class TriageTests
{
    [Fact]
    public async Task Answers_are_scored_and_the_safety_flag_is_raised_and_nothing_is_stored()
    {
        await using var box = await RunningBox.Start();
        using var response = await box.Client.Post(
            $"{Client.OccupationalHealth}/QuestionnaireResponse/$score", Examples.Text("16-"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var scored = (await Client.Read<Bundle>(response)).Entry.Select(entry => (Observation)entry.Resource!).ToList();
        Assert.Equal(12, ((Quantity)scored[0].Value!).Value);
        Assert.True(((FhirBoolean)scored[1].Value!).Value);
        Assert.Equal(0, (await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/Observation?_summary=count")).Total);
    }

    [Fact]
    public async Task Outcomes_are_given_as_resource_and_as_table()
    {
        await using var box = await RunningBox.Start();
        const string question = Client.OccupationalHealth + "/MeasureReport?period=ge2026-01-01&period=le2026-12-31"
            + "&measure=https%3A%2F%2Ffhir.occupational-mental-health.example%2FMeasure%2Fmethod-outcomes";

        var report = Assert.IsType<MeasureReport>((await box.Client.Get<Bundle>(question)).Entry.Single().Resource);
        Assert.Equal(0, report.Group[0].Population.Single().Count);
        using var http = new HttpClient();
        var table = await http.GetStringAsync($"{box.Client.Address}{question}&lang=en&_format=text/csv");
        Assert.StartsWith("dimension;value;figure;name;", table, StringComparison.Ordinal);
    }
}
