using System.Globalization;
using Fhir;
using ServiceKit.Rest;

namespace OccupationalHealth.Triage;

/// <summary>The answers to one instrument as a QuestionnaireResponse has them.</summary>
public sealed class Answers
{
    private readonly Instrument instrument;
    private readonly Dictionary<string, int> scores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> booleans = new(StringComparer.Ordinal);
    private readonly HashSet<string> met = new(StringComparer.Ordinal);
    private readonly List<FhirIssue> faults = [];

    private Answers(Instrument instrument) => this.instrument = instrument;

    /// <summary>The score of each item that has one answer within its scale.</summary>
    public IReadOnlyDictionary<string, int> Scores => scores;

    public IReadOnlyDictionary<string, bool> Booleans => booleans;

    /// <summary>What does not belong to the instrument, is told twice or lies outside of its scale.</summary>
    public IReadOnlyList<FhirIssue> Faults => faults;

    /// <summary>The scored items without such an answer.</summary>
    public IReadOnlyList<string> Missing =>
        [.. instrument.Scored.Select(item => item.LinkId).Where(link => !scores.ContainsKey(link))];

    /// <summary>Whatever else is wrong or missing: an answer above 0 to the safety item counts.</summary>
    public bool RaiseSafetyFlag { get; private set; }

    public static Answers Read(Instrument instrument, QuestionnaireResponse response)
    {
        var answers = new Answers(instrument);
        answers.Read(response.Item, "QuestionnaireResponse");
        return answers;
    }

    /// <summary>Whether whoever answers is done, and what was answered holds.</summary>
    public static bool AreGiven(QuestionnaireResponse response) =>
        response.Status is QuestionnaireResponseStatus.Completed or QuestionnaireResponseStatus.Amended;

    /// <summary>One issue for each missing item.</summary>
    public IEnumerable<FhirIssue> MissingFaults() => Missing.Select(link => Refusal.Issue(
        IssueType.Required, $"QuestionnaireResponse.item.where(linkId='{link}')",
        $"{instrument.Name.En} has no total without this answer."));

    private void Read(List<QuestionnaireResponse.ItemComponent> items, string parent)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var (item, path) = (items[i], $"{parent}.item[{i.ToString(CultureInfo.InvariantCulture)}]");
            Read(item.Item, path);
            if (instrument.Items.FirstOrDefault(known => known.LinkId == item.LinkId) is { } known)
                Read(known, item, path);
            else if (item.LinkId != instrument.Panel || item.Answer.Count > 0)
                faults.Add(Refusal.Issue(IssueType.CodeInvalid, $"{path}.linkId",
                    $"{instrument.Name.En} has {string.Join(", ", instrument.Items.Select(one => one.LinkId))}."));
        }
    }

    private void Read(InstrumentItem known, QuestionnaireResponse.ItemComponent item, string path)
    {
        var numbers = item.Answer.Select(answer => NumberOf(answer.Value)).ToList();
        RaiseSafetyFlag |= known.LinkId == instrument.SafetyItem && numbers.Exists(number => number > 0);
        if (!met.Add(known.LinkId) || item.Answer.Count > 1)
        {
            // Nobody knows which of them is meant.
            scores.Remove(known.LinkId);
            booleans.Remove(known.LinkId);
            faults.Add(Refusal.Issue(IssueType.Duplicate, path, "This item is answered more than once."));
            return;
        }

        if (item.Answer is not [{ Value: { } value }]) return;
        if (known.Kind is ItemKind.Boolean)
        {
            if (value is FhirBoolean { Value: { } yes }) booleans[known.LinkId] = yes;
            else faults.Add(Refusal.Issue(IssueType.Value, $"{path}.answer[0].value", "The answer is a boolean."));
        }
        else if (known.Kind is ItemKind.Scored)
        {
            var allowed = instrument.ScoresOf(known);
            if (numbers[0] is { } number && allowed.Contains(number)) scores[known.LinkId] = number;
            else faults.Add(Refusal.Issue(IssueType.Value, $"{path}.answer[0].value",
                $"The answer is one of {string.Join(", ", allowed)}, as integer or as the code of it."));
        }
    }

    private int? NumberOf(DataType? value) => value switch
    {
        Integer integer => integer.Value,
        FhirDecimal { Value: >= 0 and <= 1000 and { } number } when decimal.Truncate(number) == number => (int)number,
        Coding coding => instrument.ScoreOf(coding),
        _ => null,
    };
}
