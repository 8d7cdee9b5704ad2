using System.Net;
using Fhir;
using Messages;
using Messages.Catalogue;

namespace System.Tests.MainJob;

/// <summary>What a region offers reaches occupational health through the gateway and the bus.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public async Task A_regions_unit_becomes_a_copy_in_occupational_health_and_an_older_telling_is_refused()
    {
        await using var box = await RunningBox.Start();
        await box.Client.Answer(Client.Regions, Examples.Text("17-"));
        var copy = await Copy(box);
        Assert.Equal("2026-11-20T06:55:00Z", $"{CatalogueUnits.AsOf(copy)!.Value.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        Assert.True(copy.Active);

        var older = Text.Json.Nodes.JsonNode.Parse(Examples.Text("17-"))!;
        older["id"] = Guid.CreateVersion7().ToString();
        older["entry"]![0]!["resource"]!["id"] = Guid.CreateVersion7().ToString();
        older["entry"]![1]!["resource"]!["meta"]!["lastUpdated"] = "2026-11-19T08:55:00+02:00";
        Assert.Equal(HttpStatusCode.Conflict, (await box.Client.Send(Client.Regions, older.ToJsonString())).StatusCode);
    }

    private static async Task<HealthcareService> Copy(RunningBox box)
    {
        for (var i = 0; i < 400; i++)
        {
            var found = (await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/HealthcareService?"
                + $"organization.identifier={Systems.Region}|08&identifier=short-therapy-tampere")).All<HealthcareService>();
            if (found.FirstOrDefault() is { } copy) return copy;
            await Threading.Tasks.Task.Delay(25);
        }

        throw new InvalidOperationException("The unit did not arrive.");
    }
}
