using Messages;

namespace OccupationalHealth.Outcomes;

/// <summary>The limits by which outcomes are counted on one day, from outcome-rules.json.</summary>
public sealed class OutcomeRules
{
    private static readonly Lazy<RulesFile> Shipped = new(() => RuleFiles.Shipped<RulesFile>("outcome-rules.json"));

    private readonly Dictionary<string, ChangeLimits> instruments;

    private OutcomeRules(RulesFile file, DateOnly date)
    {
        Version = file.Version;
        SmallestGroup = file.SmallestGroup.InForceOn(date);
        instruments = file.Instruments.ToDictionary(i => i.Key, i => i.Value.InForceOn(date), StringComparer.Ordinal);
    }

    public string Version { get; }

    /// <summary>A smaller group is not told.</summary>
    public int SmallestGroup { get; }

    /// <summary>The instruments by which outcomes can be counted.</summary>
    public IEnumerable<string> Instruments => instruments.Keys;

    public static OutcomeRules InForceOn(DateOnly date) => new(Shipped.Value, date);

    public ChangeLimits? Of(string instrument) => instruments.GetValueOrDefault(instrument);

    private sealed record RulesFile(
        string Version, IReadOnlyList<Dated<int>> SmallestGroup,
        IReadOnlyDictionary<string, IReadOnlyList<Dated<ChangeLimits>>> Instruments);
}

/// <summary>How a change of an instrument's total is judged; the lower the total the better.</summary>
/// <param name="CaseFrom">Totals at start from here on count as depressive.</param>
/// <param name="RemissionBelow">Totals at the end below this are free of symptoms.</param>
/// <param name="ResponseShare">The part of the total at start by which it has to fall.</param>
/// <param name="ReliableChange">Points that are more than chance.</param>
public sealed record ChangeLimits(int CaseFrom, int RemissionBelow, decimal ResponseShare, int ReliableChange);
