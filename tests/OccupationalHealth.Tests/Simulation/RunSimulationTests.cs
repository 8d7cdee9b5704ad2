using OccupationalHealth.Placement;
using OccupationalHealth.Simulation;

namespace OccupationalHealth.Tests.Simulation;

/// <summary>What is read of a scenario and its cases, and what is left out by name.</summary>
public sealed class RunSimulationTests
{
    [Fact]
    public async Task Every_case_is_counted_in_every_alternative()
    {
        var result = await Given.Run(Given.Lines([
            Given.Scenario, .. Given.Times(10, Given.Moderate), .. Given.Times(6, Given.Emergency)]));

        Assert.Equal(16, result.Cases);
        Assert.Equal(
            ["now/now", "now/more", "wider/now", "wider/more"],
            result.Demand.Scenario.Alternatives.Select(one => $"{one.Contracts.Name}/{one.Offers.Name}"));
        Assert.Equal([10, 10, 0, 0], Of(result, CarePlace.RegionPrimaryCare));
        Assert.Equal([0, 0, 10, 10], Of(result, CarePlace.OccupationalHealth));
        Assert.Equal([6, 6, 6, 6], Of(result, CarePlace.EmergencyCare));
    }

    [Fact]
    public async Task It_tells_level_method_month_and_whether_care_begins_in_time()
    {
        var figures = Figures(await Given.Run(Given.Lines([
            Given.Scenario, .. Given.Times(10, Given.Moderate), .. Given.Times(6, Given.Emergency)])));

        Assert.Contains("0 region-primary-care care-level level-3 10", figures);
        Assert.Contains("0 region-primary-care method klt 10", figures);
        Assert.Contains("0 region-primary-care month 2026-03 10", figures);
        Assert.Contains("0 emergency-care month 2026-04 6", figures);
        // The law's three months [V] end before the 120 days of the catalogue.
        Assert.Contains("0 region-primary-care start waits-beyond-limit 10", figures);
        Assert.Contains("1 region-primary-care start at-once 10", figures);
    }

    [Fact]
    public async Task Groups_under_five_are_hidden_with_another_in_which_they_could_be_found()
    {
        var figures = Figures(await Given.Run(Given.Lines([
            Given.Scenario, .. Given.Times(10, Given.Moderate), .. Given.Times(3, Given.Emergency)])));

        Assert.Contains("0    13", figures);
        Assert.Contains("0 emergency-care   hidden", figures);
        Assert.Contains("0 region-primary-care   hidden", figures);
        Assert.DoesNotContain(figures, figure => figure.EndsWith(" 3", StringComparison.Ordinal));
        // 13 less 10 of the other alternative, where care stays in occupational health, would give them away.
        Assert.Contains("2 occupational-health   hidden", figures);
    }

    /// <summary>Under the wider contracts 3 stay in the region; 19 less the 10 and the 6 of elsewhere would tell.</summary>
    [Fact]
    public async Task What_is_hidden_in_one_alternative_is_not_told_by_another_that_counts_the_same_people()
    {
        var chooser = Given.Moderate.Replace("\"age\"", "\"workerChoosesRegion\":true,\"age\"", StringComparison.Ordinal);
        var figures = Figures(await Given.Run(Given.Lines([
            Given.Scenario, .. Given.Times(10, Given.Moderate), .. Given.Times(6, Given.Emergency),
            .. Given.Times(3, chooser)])));

        Assert.Contains("2 region-primary-care   hidden", figures);
        Assert.Contains("2 emergency-care   hidden", figures);
        Assert.Contains("0 emergency-care   hidden", figures);
    }

    [Theory]
    [InlineData("""{"asOf":"2026-03-02","severity":"grave"}""", "value line[2].severity")]
    [InlineData("""{"severity":"mild","age":-1,"scores":{"phq-9":"many"}}""", "value line[2].age;value line[2].scores")]
    [InlineData("""{"severity":"mild"}""", "required line[2].asOf")]
    [InlineData("""{"asOf":"2027-01-01"}""", "value line[2].asOf")]
    [InlineData("""{"asOf":"2026-02-30"}""", "value line[2].asOf")]
    [InlineData("""{"asOf":"2026-03-02","employers":["unknown"]}""", "value line[2].employers")]
    [InlineData("""{"asOf":"2026-03-02","used":{"klt":1,"magic":2}}""", "value line[2].used")]
    [InlineData("""{"asOf":"2026-03-02","region":"99"}""", "value line[2].region")]
    [InlineData("""{"asOf":"2026-03-02","name":"Aino"}""", "structure line[2]")]
    [InlineData("""{"asOf":"2026-03-02",""", "structure line[2]")]
    [InlineData("""{"asOf":"2026-03-02"} {}""", "structure line[2]")]
    [InlineData("[]", "structure line[2]")]
    [InlineData("""{"asOf":"2026-03-02","employers":["010516B903X"]}""", "businessrule line[2];value line[2].employers")]
    [InlineData("""{"asOf":"2026-03-02","hetu":"010516B903X"}""", "businessrule line[2];structure line[2]")]
    public async Task A_faulty_case_is_named_and_the_rest_goes_on(string line, string faults)
    {
        var result = await Given.Run(Given.Lines(Given.Scenario, line, "", Given.Moderate));

        Assert.Equal(faults, string.Join(';', result.Faults.Select(
            fault => $"{fault.Code.ToString()!.ToLowerInvariant()} {fault.Expression}")));
        Assert.DoesNotContain(result.Faults, fault => fault.Message.Contains("010516B903X", StringComparison.Ordinal));
        Assert.Equal((1, 1), (result.Cases, result.Faulty));
    }

    [Fact]
    public async Task The_first_hundred_faulty_lines_are_told_and_all_are_counted()
    {
        var result = await Given.Run(Given.Lines([Given.Scenario, .. Given.Times(150, "{}"), Given.Moderate]));

        Assert.Equal((1, 150, 100), (result.Cases, result.Faulty, result.Faults.Count));
        Assert.Equal("line[101].asOf", result.Faults[^1].Expression);
    }

    [Theory]
    [InlineData("", "structure line[1]")]
    [InlineData("{}", "required line[1].from;required line[1].until;required line[1].contracts;required line[1].catalogues")]
    [InlineData("""{"from":"2026-01-01","until":"2025-01-01","contracts":{"a":[{"id":"x","scope":"all"}]},"catalogues":{"b":[{"place":"home"}]}}""",
        "value line[1].until;required line[1].contracts.a[0].employer;required line[1].contracts.a[0].provider;"
        + "codeinvalid line[1].contracts.a[0].scope;required line[1].contracts.a[0].from;"
        + "codeinvalid line[1].catalogues.b[0].place;invariant line[1].catalogues.b[0];required line[1].catalogues.b[0].id")]
    [InlineData("""{"from":"2026-01-01","until":"2026-12-31","contracts":{"a":[null]},"catalogues":{"=1+1":[]},"more":1}""",
        "structure line[1].more")]
    [InlineData("""{"from":"2026-01-01","until":"2026-12-31","contracts":{"a":[null]},"catalogues":{"=1+1":[]}}""",
        "structure line[1].contracts.a;value line[1].catalogues")]
    [InlineData("""{"from":"2026-01-01","until":"2026-12-31","contracts":{"010516B903X":[]},"catalogues":{"a":[]}}""",
        "businessrule line[1]")]
    [InlineData("""{"from":"2026-01-01","until":"2026-12-31","contracts":{"a":"stored"},"catalogues":{"a":[]}}""",
        "notsupported line[1]")]
    public async Task A_faulty_scenario_is_refused_with_every_fault(string scenario, string faults) =>
        Assert.Equal(faults, await Given.Faults(Given.Lines(scenario, Given.Moderate)));

    [Fact]
    public async Task Visits_already_used_count_against_the_quota()
    {
        var used = Given.Moderate.Replace("\"age\"", "\"used\":{\"klt\":8},\"age\"", StringComparison.Ordinal);
        var result = await Given.Run(Given.Lines(Given.Scenario, used));

        Assert.Equal([1, 1, 1, 1], Of(result, CarePlace.RegionPrimaryCare));
    }

    private static IEnumerable<int> Of(Simulated result, CarePlace place) =>
        Enumerable.Range(0, 4).Select(alternative => result.Demand.Of(alternative, place));

    private static List<string> Figures(Simulated result) => [.. DemandTable.Of(result.Demand, 5).Select(figure =>
        $"{figure.Alternative} {figure.Place?.Code()} {figure.Dimension} {figure.Value} {figure.Count?.ToString(
            System.Globalization.CultureInfo.InvariantCulture) ?? "hidden"}")];
}
