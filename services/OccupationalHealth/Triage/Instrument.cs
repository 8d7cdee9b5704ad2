using System.Globalization;
using Fhir;
using Messages;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Triage;

/// <summary>
/// A questionnaire that is scored here: structure and scale; the bands of its totals are dated rules.
/// </summary>
/// <param name="Code">Names it in rules, addresses and local code systems.</param>
/// <param name="Source">Where codes and scale come from.</param>
/// <param name="Licence">Under what its texts stand; none of a holder's texts is here.</param>
public sealed record Instrument(
    string Code, Wording Name, IReadOnlyList<int> Scores, IReadOnlyList<InstrumentItem> Items, string Source,
    string Licence)
{
    /// <summary>LOINC code of the panel; null where none was found.</summary>
    public string? Panel { get; init; }

    /// <summary>LOINC code of the total; null where none was found.</summary>
    public string? Total { get; init; }

    /// <summary>LOINC codes of the answers in the order of <see cref="Scores"/>; empty where none were found.</summary>
    public IReadOnlyList<string> AnswerCodes { get; init; } = [];

    /// <summary>What the sum of the answers is multiplied by.</summary>
    public int Factor { get; init; } = 1;

    /// <summary>An answer above 0 to it raises the safety flag whatever the total.</summary>
    public string? SafetyItem { get; init; }

    public string Url => $"{Canonicals.Base}/Questionnaire/{Code}";

    /// <summary>The navigator's own questions have answers, but no total.</summary>
    public bool HasTotal => Scores.Count > 0;

    public string TotalSystem => Total is null ? Terms.InstrumentTotal : Systems.Loinc;

    public string TotalCode => Total ?? Code;

    public IEnumerable<InstrumentItem> Scored => Items.Where(item => item.Kind is ItemKind.Scored);

    public IReadOnlyList<int> ScoresOf(InstrumentItem item) => item.Scores.Count > 0 ? item.Scores : Scores;

    /// <summary>What an answer's code stands for; null for a code that is no answer.</summary>
    public int? ScoreOf(Coding answer)
    {
        if (answer.System == Systems.Loinc && AnswerCodes.ToList().IndexOf(answer.Code ?? "") is >= 0 and var index)
            return Scores[index];
        return answer.System == Terms.AnswerScore
            && int.TryParse(answer.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : null;
    }

    public int Highest => Scored.Sum(item => ScoresOf(item).Max()) * Factor;
}

/// <param name="LinkId">Its link in the questionnaire; with <paramref name="Loinc"/> also its code in LOINC.</param>
public sealed record InstrumentItem(string LinkId, bool Loinc = false)
{
    public ItemKind Kind { get; init; }

    /// <summary>The answers that it has, where they are not those of the instrument.</summary>
    public IReadOnlyList<int> Scores { get; init; } = [];

    /// <summary>Only of questions that are our own.</summary>
    public Wording? Text { get; init; }
}

public enum ItemKind { Scored, Boolean, Unscored }
