using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fhir;
using Fhir.Json;

namespace System.Tests.MainJob;

/// <summary>A planner asks through the gateway what other contracts would change.</summary>
public sealed class SimulationTests
{
    [Fact]
    public async Task Example_22_tells_what_wider_contracts_keep_in_occupational_health_as_resource_table_and_picture()
    {
        await using var box = await RunningBox.Start();
        using var http = new HttpClient { BaseAddress = new Uri(box.Client.Address) };

        var parameters = Assert.IsType<Parameters>(FhirJson.Read(
            Encoding.UTF8.GetBytes(await Ask(http, "application/fhir+json"))).Resource);
        var report = (MeasureReport)parameters.Parameter.Single(part => part.Name == "demand").Resource!;
        Assert.Equal(["now × now", "medical care for all × now"], report.Group.Select(group => group.Code!.Text));
        Assert.All(report.Group, group => Assert.Equal(60, group.Population.Single().Count));
        Assert.True(Kept(report.Group[1]) > Kept(report.Group[0]), "Wider contracts keep more.");

        Assert.Contains(";Primary care of the region;", await Ask(http, "text/csv"), StringComparison.Ordinal);
        Assert.StartsWith("<svg", await Ask(http, "image/svg+xml"), StringComparison.Ordinal);
        Assert.Equal(0, (await box.Client.Get<Bundle>(
            $"{Client.OccupationalHealth}/GuidanceResponse?_summary=count")).Total);
    }

    private static int Kept(MeasureReport.GroupComponent group) => group.Stratifier[0].Stratum
        .Where(stratum => stratum.Component[0].Value!.Coding[0].Code == "occupational-health")
        .Sum(stratum => stratum.Population[0].Count ?? 0);

    private static async Task<string> Ask(HttpClient http, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Client.OccupationalHealth}/$simulate?lang=en");
        request.Content = new StringContent(
            await File.ReadAllTextAsync(Path.Combine(Examples.Root, "deploy/examples/22-simulate-a-year.ndjson")),
            Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
