using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>What is simulated: a period, and alternatives of contracts and catalogues in it.</summary>
internal sealed class Scenario
{
    private readonly PlacementRules[] rules;

    public Scenario(
        DateOnly from, DateOnly until, IReadOnlyList<ContractBook> contracts, IReadOnlyList<OfferBook> catalogues)
    {
        (From, Until) = (from, until);
        Alternatives = [.. contracts.SelectMany(_ => catalogues, (book, offers) => (book, offers))];
        Employers = [.. contracts.SelectMany(book => book.Employers).Distinct(StringComparer.Ordinal)];
        rules = [.. Enumerable.Range(0, until.DayNumber - from.DayNumber + 1)
            .Select(day => PlacementRules.InForceOn(from.AddDays(day)))];
        Methods = [.. rules.SelectMany(day => day.Methods).Select(method => method.Code)
            .Distinct(StringComparer.Ordinal)];
    }

    public DateOnly From { get; }

    public DateOnly Until { get; }

    /// <summary>Every contract book with every catalogue.</summary>
    public IReadOnlyList<(ContractBook Contracts, OfferBook Offers)> Alternatives { get; }

    /// <summary>Those whom a case may name.</summary>
    public IReadOnlyList<string> Employers { get; }

    /// <summary>Codes of all methods that are known in the period.</summary>
    public IReadOnlyList<string> Methods { get; }

    public int Months => MonthOf(Until) + 1;

    public string PolicyVersion => rules[^1].Version;

    public int MonthOf(DateOnly day) => ((day.Year - From.Year) * 12) + day.Month - From.Month;

    public PlacementRules RulesOn(DateOnly day) => rules[day.DayNumber - From.DayNumber];

    /// <summary>The one decision there is, in one alternative.</summary>
    public PlacementDecision Decide(int alternative, SimulatedCase one)
    {
        var (book, offers) = Alternatives[alternative];
        var contracts = book.Of(one);
        return PlacementPolicy.Decide(
            one.Facts, contracts, offers.Of(one.Facts.Region, contracts), RulesOn(one.Facts.AsOf));
    }
}

/// <summary>One case of a simulation: facts, and nobody whose they are.</summary>
/// <param name="Employers">The current employers, in the order that the worker prefers.</param>
/// <param name="Used">Visits of the year already used, by method; null for none.</param>
internal readonly record struct SimulatedCase(
    PlacementFacts Facts, IReadOnlyList<string> Employers, IReadOnlyDictionary<string, int>? Used);
