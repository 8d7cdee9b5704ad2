using System.Net;
using Fhir;
using OccupationalHealth.CareEpisodes;

namespace OccupationalHealth.Tests.CareEpisodes;

/// <summary>With a mapping file of made-up codes: the real ones are not known here.</summary>
public sealed class ProcedureCodeTests : IAsyncLifetime
{
    private const string System = "https://codes.example/classification";
    private static readonly DateOnly Day = new(2026, 10, 1);
    private readonly string file = Path.GetTempFileName();
    private readonly OccupationalHealthApplication app = new();

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(file, $$"""
            { "version": "test", "system": "{{System}}", "codes": [
              { "method": "klt", "code": "TEST1", "from": "2026-01-01", "to": "2026-10-31", "source": "a test" },
              { "method": "klt", "code": "TEST2", "from": "2026-11-01", "source": "a test" } ] }
            """);
        app.Settings["CareEpisodes:ProcedureCodesFile"] = file;
        await app.InitializeAsync();
    }

    public Task DisposeAsync()
    {
        File.Delete(file);
        return app.DisposeAsync();
    }

    [Theory]
    [InlineData("2026-10-31", null, "TEST1", 0)]
    [InlineData("2026-11-01", null, "TEST2", 0)]
    [InlineData("2026-11-01", "TEST2", "TEST2", 0)]
    [InlineData("2026-11-01", "TEST1", "TEST1", 1)]
    public async Task A_visit_gets_the_code_of_its_day_and_another_code_is_kept_with_a_warning(
        string day, string? sent, string stored, int warnings)
    {
        var person = Care.Person();
        await app.Store(person);
        var episode = (EpisodeOfCare)(await app.Post("EpisodeOfCare", Care.Episode(person, "klt", "2026-10-01"))).Body;
        var visit = Care.Visit(episode, day);
        if (sent is not null) visit.Code!.Coding.Add(new Coding(System, sent));

        var answer = await app.Post("Procedure", visit);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal([stored], ((Procedure)answer.Body).Code!.Coding.Where(c => c.System == System).Select(c => c.Code));
        Assert.Equal(Enumerable.Repeat("procedure-code-differs", warnings), Care.Warnings((Procedure)answer.Body));
    }

    [Fact]
    public void What_is_shipped_invents_no_code()
    {
        Assert.Empty(ProcedureCodes.Shipped.Codes);
        Assert.Null(ProcedureCodes.Shipped.CodeOf("klt", Day));
    }

    [Fact]
    public void Every_fault_of_a_mapping_file_is_named()
    {
        var codes = new ProcedureCodes("test", null,
        [
            new ProcedureCode("knitting", "X", Day, "a test"),
            new ProcedureCode("klt", "Y", Day, "a test", Day.AddDays(-1)),
            new ProcedureCode("ipc-n", "Z", Day, ""),
            new ProcedureCode("cool-kids", "A", Day, "a test", Day.AddDays(5)),
            new ProcedureCode("cool-kids", "B", Day.AddDays(5), "a test"),
        ]);

        Assert.Equal(
            ["system", "knitting", "ends before", "without code or source", "same day"],
            codes.Faults().Select(fault => new[] { "system", "knitting", "ends before", "without code or source", "same day" }
                .Single(word => fault.Contains(word, StringComparison.Ordinal))));
        Assert.Contains("cannot be read",
            new CareEpisodeOptions { ProcedureCodesFile = "/nowhere.json" }.Faults().Single(), StringComparison.Ordinal);
    }
}
