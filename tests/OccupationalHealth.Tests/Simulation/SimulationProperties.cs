using System.Text;
using System.Text.Json;
using OccupationalHealth.Placement;
using OccupationalHealth.Simulation;

namespace OccupationalHealth.Tests.Simulation;

/// <summary>What holds for every simulation, over invented cases.</summary>
public sealed class SimulationProperties
{
    private const int Cases = 2000;

    /// <summary>There is one policy: the facts are read here a second way, and it is asked directly.</summary>
    [Fact]
    public async Task What_is_simulated_is_what_the_policy_decides_of_the_same_facts()
    {
        var lines = Encoding.UTF8.GetString(await Made(Cases, seed: 7)).TrimEnd('\n').Split('\n');
        var result = await Given.Run(Given.Lines(lines));
        var (scenario, _) = await ReadScenario.From(Encoding.UTF8.GetBytes(lines[0]), null);
        var expected = new Dictionary<(int, CarePlace, string, string), int>();
        foreach (var facts in lines.Skip(1).Select(line => (Facts: Facts(line), Employers: Employers(line))))
            for (var i = 0; i < scenario!.Alternatives.Count; i++)
            {
                var (book, offers) = scenario.Alternatives[i];
                var contracts = book.Of(new SimulatedCase(facts.Facts, facts.Employers, null));
                var decision = PlacementPolicy.Decide(
                    facts.Facts, contracts, offers.Of(facts.Facts.Region, contracts),
                    PlacementRules.InForceOn(facts.Facts.AsOf));
                foreach (var (dimension, value) in ValuesOf(decision))
                    expected[(i, decision.Place, dimension, value)] =
                        expected.GetValueOrDefault((i, decision.Place, dimension, value)) + 1;
            }

        var found = DemandTable.Of(result.Demand, smallest: 0)
            .Where(figure => figure is { Place: not null, Dimension.Length: > 0, Count: not 0 })
            .ToDictionary(
                figure => (figure.Alternative, figure.Place!.Value, figure.Dimension, figure.Value),
                figure => figure.Count!.Value);
        Assert.Equal(Cases, result.Cases);
        Assert.Equal(expected.OrderBy(one => one.Key), found.OrderBy(one => one.Key));
        Assert.True(expected.Count > 200, "The cases differ.");
    }

    [Fact]
    public async Task Who_gets_care_where_does_not_depend_on_the_catalogue()
    {
        var demand = (await Given.Run(Encoding.UTF8.GetString(await Made(Cases, seed: 3)))).Demand;
        for (var i = 0; i < demand.Scenario.Alternatives.Count; i += 2)
            Assert.All(Demand.AllPlaces, place => Assert.Equal(demand.Of(i, place), demand.Of(i + 1, place)));
    }

    [Fact]
    public async Task The_same_number_and_seed_make_the_same_cases_and_another_seed_others()
    {
        Assert.Equal(await Made(50, seed: 1), await Made(50, seed: 1));
        Assert.NotEqual(await Made(50, seed: 1), await Made(50, seed: 2));
    }

    internal static async Task<byte[]> Made(int count, int seed)
    {
        using var file = new MemoryStream();
        await MakeCases.Write(file, count, seed);
        return file.ToArray();
    }

    private static IEnumerable<(string, string)> ValuesOf(PlacementDecision decision)
    {
        yield return (Demand.Level, decision.Need.Level?.Code() ?? Demand.Unknown);
        yield return (Demand.Method, decision.Chosen.Method ?? Demand.LeftToUnit);
        yield return (Demand.Month, $"{decision.Facts.AsOf:yyyy-MM}");
        yield return (Demand.Start, decision.Chosen.Unit is null ? Demand.NoUnit
            : decision.Chosen.ExpectedStart is null ? Demand.AtOnce
            : decision.Chosen.Reasons.Any(reason => reason.Code == Reasons.WaitExceedsDeadline.Code) ? Demand.BeyondLimit
            : Demand.Waits);
    }

    private static PlacementFacts Facts(string line)
    {
        var one = JsonDocument.Parse(line).RootElement;
        return new PlacementFacts
        {
            AsOf = DateOnly.Parse(Text("asOf")!, System.Globalization.CultureInfo.InvariantCulture),
            PlannedStart = DateOnly.Parse(Text("plannedStart")!, System.Globalization.CultureInfo.InvariantCulture),
            Emergency = Flag("emergency") is true,
            AcuteCrisis = Flag("acuteCrisis") is true,
            Level = Codes.Parse<CareLevel>(Text("level")),
            Severity = Codes.Parse<Severity>(Text("severity")),
            Disorder = Flag("disorder"),
            Scores = [.. one.GetProperty("scores").EnumerateObject()
                .Select(score => new InstrumentScore(score.Name, score.Value.GetInt32()))],
            WorkRelatedness = Codes.Parse<WorkRelatedness>(Text("workRelatedness"))!.Value,
            SymptomMonths = Number("symptomMonths"),
            EarlierResponse = Codes.Parse<EarlierResponse>(Text("earlierResponse")),
            AllowanceDays = Number("allowanceDays"),
            Recurrence = Flag("recurrence"),
            Age = Number("age"),
            MethodAskedFor = Text("methodAskedFor"),
            Region = Text("region"),
            HasCurrentEmployer = Employers(line).Count > 0 ? true : null,
        };

        string? Text(string name) => one.TryGetProperty(name, out var value) ? value.GetString() : null;
        bool? Flag(string name) => one.TryGetProperty(name, out var value) ? value.GetBoolean() : null;
        int? Number(string name) => one.TryGetProperty(name, out var value) ? value.GetInt32() : null;
    }

    private static IReadOnlyList<string> Employers(string line) =>
        JsonDocument.Parse(line).RootElement.TryGetProperty("employers", out var all)
            ? [.. all.EnumerateArray().Select(one => one.GetString()!)]
            : [];
}
