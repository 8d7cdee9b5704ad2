using System.Text;
using Fhir;
using Fhir.Json;

namespace System.Tests.MainJob;

/// <summary>What a coach does with the cases of a spreadsheet, through the gateway.</summary>
public sealed class CoachesDayTests
{
    private const string Unit = "Organization/ips-unit-pirkanmaa";

    [Fact]
    public async Task Cases_of_a_spreadsheet_are_previewed_imported_listed_asked_about_and_exported()
    {
        await using var box = await RunningBox.Start();
        var dry = await Operation(box, "$import-cases", Examples.Text("21-"));
        Assert.Equal(["valid", "valid"], Outcomes(dry));
        Assert.Empty((await Caseload(box)).Parameter.Where(one => one.Name == "case"));

        var real = (Parameters)FhirJson.Read(Encoding.UTF8.GetBytes(Examples.Text("21-"))).Resource!;
        ((FhirBoolean)real.Parameter[0].Value!).Value = false;
        Assert.Equal(
            ["created", "created"],
            Outcomes(await Operation(box, "$import-cases", Encoding.UTF8.GetString(FhirJson.Write(real)))));
        Assert.Equal(["created", "created"], Outcomes(await Operation(box, "$import-records", Examples.Text("23-"))));
        var list = (await Caseload(box)).Parameter.Where(one => one.Name == "case").ToList();
        Assert.Equal(["job-search", "agreement"], list.Select(one =>
            ((Coding)one.Part.Single(part => part.Name == "phase").Value!).Code));

        // Nobody has asked the client yet: nothing may be said to any employer.
        var episode = ((ResourceReference)list[0].Part[0].Value!).Reference!;
        var said = await Operation(box, $"{episode}/$may-be-said",
            """
            { "resourceType": "Parameters", "parameter": [{ "name": "employer",
              "valueIdentifier": { "system": "urn:oid:1.2.246.10", "value": "1234567-1" } }] }
            """);
        Assert.False(((FhirBoolean)said.Parameter.Single(one => one.Name == "contact").Value!).Value);

        using var http = new HttpClient { BaseAddress = new Uri(box.Client.Address) };
        var lines = (await http.GetStringAsync($"{Client.Ips}/{Unit}/$export?_type=EpisodeOfCare,Patient"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        var offered = (await box.Client.Get<CapabilityStatement>($"{Client.Ips}/metadata")).Rest.Single();
        Assert.Contains("import-cases", offered.Operation.Select(one => one.Name));
        Assert.Equal(["validate", "caseload", "transfer-caseload"], offered.Resource
            .Single(one => one.Type is ResourceType.Practitioner).Operation.Select(one => one.Name));
    }

    private static async Task<Parameters> Operation(RunningBox box, string name, string json)
    {
        var response = await box.Client.Post($"{Client.Ips}/{name}", json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await Client.Read<Parameters>(response);
    }

    private static Task<Parameters> Caseload(RunningBox box) =>
        box.Client.Get<Parameters>($"{Client.Ips}/Practitioner/coach-kaisa/$caseload?team={Unit}");

    private static IEnumerable<string?> Outcomes(Parameters report) =>
        report.Parameter.Where(one => one.Name == "line").Select(line => ((Code)line.Part[1].Value!).Text);
}
