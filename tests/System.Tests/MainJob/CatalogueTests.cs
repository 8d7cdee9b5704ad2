using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
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
        var copy = await Copy(box, "08", "short-therapy-tampere");
        Assert.Equal("2026-11-20T06:55:00Z", $"{CatalogueUnits.AsOf(copy)!.Value.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        Assert.True(copy.Active);

        var older = Text.Json.Nodes.JsonNode.Parse(Examples.Text("17-"))!;
        older["id"] = Guid.CreateVersion7().ToString();
        older["entry"]![0]!["resource"]!["id"] = Guid.CreateVersion7().ToString();
        older["entry"]![1]!["resource"]!["meta"]!["lastUpdated"] = "2026-11-19T08:55:00+02:00";
        Assert.Equal(HttpStatusCode.Conflict, (await box.Client.Send(Client.Regions, older.ToJsonString())).StatusCode);
    }

    [Fact]
    public async Task A_unit_that_a_region_writes_by_REST_is_placed_into_and_taken_back_by_the_same_way()
    {
        await using var box = await RunningBox.Start();
        var written = await Client.Read<HealthcareService>(await box.Client.Post(
            $"{Client.Regions}/HealthcareService", Encoding.UTF8.GetString(FhirJson.Write(Unit(active: true)))));
        var copy = await Copy(box, "07", written.Id!);
        Assert.Equal((CatalogueUnits.AsOf(written), true), (CatalogueUnits.AsOf(copy), copy.Active));
        Assert.Equal($"HealthcareService/{copy.Id}", await UnitOf(box));

        written.Active = false;
        await box.Client.Put($"{Client.Regions}/HealthcareService/{written.Id}", written);
        copy = await Copy(box, "07", written.Id!, active: false);
        Assert.True(CatalogueUnits.AsOf(copy) > CatalogueUnits.AsOf(written));
        Assert.Null(await UnitOf(box));
    }

    // The place that example 01 is given: the region's primary care in Kanta-Häme, cognitive short therapy.
    private static async Task<string?> UnitOf(RunningBox box)
    {
        var placed = await Client.Read<Bundle>(await box.Client.Post(
            $"{Client.OccupationalHealth}/ServiceRequest/$place", Examples.Text("01-")));
        return placed.All<GuidanceResponse>().Single().Contained.OfType<Parameters>().Single().Parameter
            .Find(part => part.Name == "unit")?.Value is ResourceReference unit ? unit.Reference : null;
    }

    private static HealthcareService Unit(bool active) => new()
    {
        Active = active, Name = "Lyhytterapia", ProvidedBy = new ResourceReference("Organization/region-07"),
        Category = [new CodeableConcept(CatalogueUnits.CarePlace, "region-primary-care")],
        Type = [new CodeableConcept(Systems.Method, "klt")],
    };

    private static async Task<HealthcareService> Copy(RunningBox box, string region, string number, bool active = true)
    {
        for (var i = 0; i < 400; i++)
        {
            var found = (await box.Client.Get<Bundle>($"{Client.OccupationalHealth}/HealthcareService?"
                + $"organization.identifier={Systems.Region}|{region}&identifier={number}")).All<HealthcareService>();
            if (found.FirstOrDefault() is { } copy && copy.Active == active) return copy;
            await Threading.Tasks.Task.Delay(25);
        }

        throw new InvalidOperationException("The unit did not arrive.");
    }
}
