using Fhir;
using Messages;
using Messages.Catalogue;

namespace OccupationalHealth.Tests.Catalogue;

/// <summary>The local copy of what regions tell of their units, its age, and what placement makes of it.</summary>
public sealed class CatalogueCopyTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    private DateTimeOffset Now => app.Time.GetUtcNow();

    [Fact]
    public async Task A_unit_that_its_region_told_moves_start_and_bridge_and_neither_place_owner_nor_deadline()
    {
        var before = await Place("837");
        await app.Deliver<CatalogueUpdate>(Told("08", Now, unit => Waits(unit, 40)));
        var after = await Place("837");

        Assert.Equal((null, null), (Value(before, "unit"), Value(before, "expected-start")));
        var unit = Assert.Single(await Units("08"));
        Assert.Equal($"HealthcareService/{unit.Id}", Value(after, "unit"));
        Assert.Equal("2027-01-16", Value(after, "expected-start"));
        Assert.Equal("guided-self-care", Value(after, "bridge"));
        foreach (var same in (string[])["care-place", "follow-up-owner", "method", "urgency"])
            Assert.Equal(Value(before, same), Value(after, same));
        Assert.Equal(Parts(before, "deadline"), Parts(after, "deadline"));
        Assert.Equal(before.Task(TaskKinds.Care).Owner!.Reference, after.Task(TaskKinds.Care).Owner!.Reference);
        Assert.Equal(before.Task(TaskKinds.Care).Owner!.Reference, unit.ProvidedBy!.Reference);
    }

    [Fact]
    public async Task What_was_told_earlier_and_comes_later_changes_nothing_and_a_withdrawn_unit_is_not_proposed()
    {
        await app.Deliver<CatalogueUpdate>(Told("02", Now.AddMinutes(-10), unit => Waits(unit, 7)));
        await app.Deliver<CatalogueUpdate>(Told("02", Now.AddMinutes(-20)));
        Assert.Equal("2026-12-14", Value(await Place("106"), "expected-start"));

        await app.Deliver<CatalogueUpdate>(Told("02", Now, unit => unit.Active = false));
        await app.Deliver<CatalogueUpdate>(Told("02", Now.AddMinutes(-5)));
        Assert.False(Assert.Single(await Units("02")).Active);
        Assert.Null(Value(await Place("106"), "unit"));
    }

    [Fact]
    public async Task An_old_copy_is_said_to_be_old_in_the_reasons_and_on_the_unit_and_moves_nothing()
    {
        await app.Deliver<CatalogueUpdate>(Told("03", Now.AddDays(-2)));
        await app.Deliver<CatalogueUpdate>(Told("04", Now));
        var (old, fresh) = (await Place("049"), await Place("092"));

        Assert.Contains("catalogue-stale", Reasons(old));
        Assert.DoesNotContain("catalogue-stale", Reasons(fresh));
        Assert.Equal(Value(fresh, "care-place"), Value(old, "care-place"));
        Assert.Equal(Parts(fresh, "deadline"), Parts(old, "deadline"));
        var said = Stale(Assert.Single(await Units("03")))!.Coding.Single();
        Assert.Equal("catalogue-stale", said.Code);
        Assert.Equal(["sv", "en"], said.DisplayElement!.Extension.Select(e => ((Code)e.Extension[0].Value!).Value));

        await app.Deliver<CatalogueUpdate>(Told("03", Now));
        Assert.Null(Stale(Assert.Single(await Units("03"))));
        Assert.DoesNotContain("catalogue-stale", Reasons(await Place("049")));
    }

    private async Task<Answer> Place(string municipality)
    {
        var message = Example.Fresh("01", Example.NewPerson());
        ((Coding)message.All<Patient>().Single().Extension[0].Value!).Code = municipality;
        return await app.Send(message);
    }

    private async Task<IReadOnlyList<HealthcareService>> Units(string region) => await app.Search<HealthcareService>(
        $"HealthcareService?organization.identifier={Systems.Region}|{region}");

    internal static Bundle Told(string region, DateTimeOffset at, Action<HealthcareService>? change = null)
    {
        var unit = new HealthcareService
        {
            Id = Guid.CreateVersion7().ToString(), Meta = new Meta { LastUpdated = at }, Active = true,
            Name = "Lyhytterapia",
            Identifier = [new Identifier("https://region.example/unit", "short-therapy")],
            Category = [new CodeableConcept(CatalogueUnits.CarePlace, "region-primary-care")],
            Type = [new CodeableConcept(Systems.Method, "klt")],
        };
        change?.Invoke(unit);
        var message = MessageBundle.Compose(
            Events.CatalogueUpdate, ServiceNames.RegionHandoff, at, unit, [unit]);
        message.MessageHeader().Sender = new ResourceReference { Identifier = new Identifier(Systems.Region, region) };
        return message;
    }

    private static void Waits(HealthcareService unit, int days)
    {
        var capacity = new Extension { Url = CatalogueUnits.CapacityExtension };
        capacity.Extension.Add(new Extension("status", new Code("waiting-list")));
        capacity.Extension.Add(new Extension("days", new Integer(days)));
        unit.Extension.Add(capacity);
    }

    private static CodeableConcept? Stale(HealthcareService unit) =>
        unit.GetExtension(Canonicals.StructureDefinition("catalogue-stale"))?.Value as CodeableConcept;

    private static List<Parameters.ParameterComponent> Outcome(Answer answer) =>
        ((Parameters)answer.One<GuidanceResponse>().Contained.Single()).Parameter;

    private static string? Value(Answer answer, string name) => Outcome(answer).Find(p => p.Name == name)?.Value switch
    {
        ResourceReference reference => reference.Reference,
        PrimitiveType primitive => primitive.Text,
        _ => null,
    };

    private static IEnumerable<string?> Parts(Answer answer, string name) => Outcome(answer)
        .Where(p => p.Name == name).SelectMany(p => p.Part).Select(part => (part.Value as PrimitiveType)?.Text);

    private static IEnumerable<string?> Reasons(Answer answer) => Outcome(answer).Where(p => p.Name == "reason")
        .Select(p => ((Coding)p.Part[0].Value!).Code);
}

/// <summary>A copy that nobody renews, as time goes by.</summary>
public sealed class CatalogueAgeTests : IAsyncLifetime
{
    private readonly OccupationalHealthApplication app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_unit_says_that_it_is_old_from_the_day_on_which_it_is()
    {
        await app.Deliver<CatalogueUpdate>(CatalogueCopyTests.Told("09", app.Time.GetUtcNow()));
        app.Time.Advance(TimeSpan.FromDays(1));
        await app.RunTimers();
        Assert.False(await IsSaid());

        app.Time.Advance(TimeSpan.FromDays(1));
        await app.RunTimers();
        Assert.True(await IsSaid());
    }

    private async Task<bool> IsSaid() => Assert.Single(await app.Search<HealthcareService>("HealthcareService"))
        .GetExtension(Canonicals.StructureDefinition("catalogue-stale")) is not null;
}
