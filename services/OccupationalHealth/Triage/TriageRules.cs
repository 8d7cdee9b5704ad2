using Messages;

namespace OccupationalHealth.Triage;

/// <summary>What holds of triage on one day, from triage-rules.json.</summary>
public sealed class TriageRules
{
    private static readonly Lazy<RulesFile> Shipped = new(() => RuleFiles.Shipped<RulesFile>("triage-rules.json"));

    private TriageRules(RulesFile file, DateOnly date) =>
        FirstInterviewMinutes = file.FirstInterviewMinutes.InForceOn(date);

    /// <summary>How long a first structuring interview takes as a rule.</summary>
    public MinuteRange FirstInterviewMinutes { get; }

    public static TriageRules InForceOn(DateOnly date) => new(Shipped.Value, date);

    private sealed record RulesFile(string Version, IReadOnlyList<Dated<MinuteRange>> FirstInterviewMinutes);
}

public sealed record MinuteRange(int AtLeast, int AtMost)
{
    public bool Holds(decimal minutes) => AtLeast <= minutes && minutes <= AtMost;
}
