using Fhir;
using Fhir.Json;
using Messages;
using Messages.Catalogue;

namespace RegionHandoff.Tests.Catalogue;

/// <summary>What a region tells of its units, on its way to occupational health.</summary>
public sealed class CatalogueUpdateTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Told = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private RunningRegionHandoff running = null!;

    public async Task InitializeAsync()
    {
        running = await RunningRegionHandoff.Start();
        await running.AddRegion("09", "mailbox");
        await running.AddRegion("08", "mailbox");
    }

    public async Task DisposeAsync() => await running.DisposeAsync();

    [Fact]
    public async Task A_unit_that_a_region_tells_is_kept_and_reaches_occupational_health_once_with_its_time()
    {
        var update = Update("09", Told);
        Assert.Equal(200, (int)(await running.Respond(update)).StatusCode);
        Assert.Equal(200, (int)(await running.Respond(update)).StatusCode);
        await RunningRegionHandoff.Until(() => !running.Received.Units.IsEmpty);

        var kept = Assert.Single(await Units());
        Assert.Equal((Told, "Lyhytterapia"), (CatalogueUnits.AsOf(kept)!.Value, kept.Name));
        var passed = Assert.Single(running.Received.Units);
        Assert.NotEqual(update.MessageHeader().Id, passed.MessageHeader().Id);
        Assert.Equal("09", passed.MessageHeader().Sender!.Identifier!.Value);
        var unit = passed.All<HealthcareService>().Single();
        Assert.Equal((Told, "09"), (unit.Meta!.LastUpdated!.Value, unit.ProvidedBy!.Identifier!.Value));
        Assert.Equal(update.MessageHeader().Id,
            passed.All<Provenance>().Single().Entity.Single().What!.Identifier!.Value);
    }

    [Fact]
    public async Task What_is_older_is_refused_and_what_is_newer_takes_its_place_in_this_region_only()
    {
        await running.Respond(Update("09", Told));
        await running.Respond(Update("08", Told.AddDays(2)));
        await running.Respond(Update("09", Told.AddDays(1), unit => unit.Active = false));

        var late = await running.Respond(Update("09", Told.AddHours(1)));
        Assert.Equal(409, (int)late.StatusCode);
        Assert.Equal("Bundle.entry[1].resource.meta.lastUpdated",
            (await RunningRegionHandoff.Read<OperationOutcome>(late)).Issue.Single().Expression.Single());
        Assert.Equal([(Told.AddDays(1), false), (Told.AddDays(2), true)],
            (await Units()).Select(unit => (CatalogueUnits.AsOf(unit)!.Value, unit.Active!.Value)).Order());
        await RunningRegionHandoff.Until(() => running.Received.Units.Count == 3);
        Assert.Equal([true, false], running.Received.Units
            .Where(passed => passed.MessageHeader().Sender!.Identifier!.Value == "09")
            .Select(passed => passed.All<HealthcareService>().Single().Active!.Value));
    }

    [Fact]
    public async Task Every_fault_is_named_and_nothing_is_kept_or_passed_on()
    {
        var update = Update("21", TimeProvider.System.GetUtcNow().AddDays(3), unit =>
        {
            (unit.Identifier, unit.Active, unit.Name) = ([], null, null);
            unit.Category[0].Coding[0].Code = "somewhere";
            unit.Extension.Add(Extension("capacity-status", ("status", new Code("perhaps")), ("days", new Integer(-1))));
            unit.Extension.Add(new Extension
            {
                Url = CatalogueUnits.AgesExtension,
                Value = new Fhir.Range { Low = new Quantity { Value = 30 }, High = new Quantity { Value = 18 } },
            });
            unit.Extension.Add(Extension("served-municipality", ("municipality", new Coding(Systems.Municipality, "999"))));
            unit.Extension.Add(Extension("served-municipality"));
        });
        update.MessageHeader().Reason = new CodeableConcept(Systems.MessageReason, Reasons.Cancel);
        update.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = "urn:uuid:3b1f5f0e-70ab-4cd0-8b4f-2b5a2a1b0c11", Resource = new Patient(),
        });

        var response = await running.Respond(update);
        Assert.Equal(400, (int)response.StatusCode);
        const string Unit = "Bundle.entry[1].resource";
        Assert.Equal(
            [
                "Bundle.entry[0].resource.reason", "Bundle.entry[3].resource", $"{Unit}.identifier",
                $"{Unit}.meta.lastUpdated", $"{Unit}.active", $"{Unit}.name", $"{Unit}.category", $"{Unit}.extension",
                $"{Unit}.extension", $"{Unit}.extension", $"{Unit}.extension", $"{Unit}.extension",
                "Bundle.entry[0].resource.sender", $"{Unit}.extension[1].value", $"{Unit}.extension[3]",
            ],
            (await RunningRegionHandoff.Read<OperationOutcome>(response)).Issue.Select(issue => issue.Expression.Single()));
        Assert.Empty(await Units());
        Assert.Empty(running.Received.Units);
    }

    [Fact]
    public async Task A_unit_written_by_REST_reaches_occupational_health_as_told_now_and_a_later_message_is_of_the_same()
    {
        var written = await Written(await running.Post("HealthcareService", await ByRest("09")));
        written.Name = "Lyhytterapia, iltavastaanotto";
        await Written(await Put(written));
        await running.Respond(Update("09", running.Time.GetUtcNow(), unit => unit.Active = false));
        await RunningRegionHandoff.Until(() => running.Received.Units.Count == 3);

        var kept = Assert.Single(await Units());
        Assert.Equal((written.Id, false), (kept.Id, kept.Active));
        var told = running.Received.Units.Select(passed => passed.All<HealthcareService>().Single()).ToList();
        Assert.All(told, unit => Assert.Contains(unit.Identifier, number => number.Value == written.Id));
        Assert.Equal(CatalogueUnits.AsOf(written), told[0].Meta!.LastUpdated);
        Assert.Equal(told.Select(unit => unit.Meta!.LastUpdated).Order(), told.Select(unit => unit.Meta!.LastUpdated));
        Assert.Equal(["09", "09", "09"],
            running.Received.Units.Select(passed => passed.MessageHeader().Sender!.Identifier!.Value));
        // What was told before it was written here is not news any more.
        Assert.Equal(409, (int)(await running.Respond(Update("09", Told))).StatusCode);
    }

    [Fact]
    public async Task A_unit_of_a_part_of_a_region_is_told_as_the_regions_and_its_number_is_no_other_units()
    {
        var unit = await ByRest("09");
        var part = await RunningRegionHandoff.Read<Organization>(await running.Post("Organization", new Organization
        {
            Active = true, Name = "Mielenterveyskeskus", PartOf = unit.ProvidedBy!.Clone(),
        }));
        unit.ProvidedBy = new ResourceReference($"Organization/{part.Id}");
        await Written(await running.Post("HealthcareService", unit));
        Assert.Equal(409, (int)(await running.Post("HealthcareService", await ByRest("09"))).StatusCode);
        var other = await Written(await running.Post("HealthcareService", await ByRest("08")));
        other.ProvidedBy = unit.ProvidedBy.Clone();
        Assert.Equal(["HealthcareService.providedBy"], (await RunningRegionHandoff.Read<OperationOutcome>(
            await Put(other))).Issue.Select(issue => issue.Expression.Single()));

        await RunningRegionHandoff.Until(() => running.Received.Units.Count == 2);
        // Order is kept for each region, not between two of them.
        Assert.Equal(["08", "09"],
            running.Received.Units.Select(passed => passed.MessageHeader().Sender!.Identifier!.Value).Order());
    }

    // As a region writes it to the directory itself.
    private async Task<HealthcareService> ByRest(string region)
    {
        var unit = Update(region, Told).All<HealthcareService>().Single();
        (unit.Id, unit.Meta) = (null, null);
        unit.ProvidedBy!.Reference = "Organization/" + (await running.Get<Bundle>(
            $"Organization?identifier={Systems.Region}|{region}")).All<Organization>().Single().Id;
        return unit;
    }

    private static async Task<HealthcareService> Written(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await RunningRegionHandoff.Read<HealthcareService>(response);
    }

    private async Task<HttpResponseMessage> Put(HealthcareService unit)
    {
        using var body = new ByteArrayContent(FhirJson.Write(unit));
        body.Headers.ContentType = new("application/fhir+json");
        return await running.Client.PutAsync($"{running.Base}/HealthcareService/{unit.Id}", body);
    }

    private async Task<IReadOnlyList<HealthcareService>> Units() =>
        [.. (await running.Get<Bundle>("HealthcareService")).All<HealthcareService>()];

    private static Bundle Update(string region, DateTimeOffset told, Action<HealthcareService>? change = null)
    {
        var owner = new Organization { Id = NewId(), Name = $"Region {region}" };
        owner.Identifier.Add(new Identifier(Systems.Region, region));
        var unit = new HealthcareService
        {
            Id = NewId(), Meta = new Meta { LastUpdated = told }, Active = true, Name = "Lyhytterapia",
            Identifier = [new Identifier("https://region.example/unit", "short-therapy")],
            Category = [new CodeableConcept(CatalogueUnits.CarePlace, "region-primary-care")],
            Type = [new CodeableConcept(Systems.Method, "klt")],
            ProvidedBy = new ResourceReference($"Organization/{owner.Id}"),
        };
        change?.Invoke(unit);
        var message = MessageBundle.Compose(Events.CatalogueUpdate, "a-region", told, unit, [unit, owner]);
        message.MessageHeader().Sender = new ResourceReference($"Organization/{owner.Id}");
        return message;
    }

    private static Extension Extension(string name, params (string Name, DataType Value)[] parts)
    {
        var extension = new Extension { Url = Canonicals.StructureDefinition(name) };
        extension.Extension.AddRange(parts.Select(part => new Extension(part.Name, part.Value)));
        return extension;
    }

    private static string NewId() => Guid.CreateVersion7().ToString();
}
