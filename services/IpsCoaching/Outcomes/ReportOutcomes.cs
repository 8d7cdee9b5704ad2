using IpsCoaching.Cases;
using IpsCoaching.Figures;
using Messages;

namespace IpsCoaching.Outcomes;

/// <summary>What came of coaching, quarter by quarter, small groups hidden.</summary>
public static class ReportOutcomes
{
    public static readonly string Url = Canonicals.Base + "/Measure/ips-outcomes";

    private const int QuartersAtMost = 20;

    internal static UnitMeasure Measure { get; } = new(Url, [FigureDocument.Csv, FigureDocument.Svg], PeriodFault, Make);

    // Other periods would overlap, and what is hidden in one could be reckoned from two.
    private static string? PeriodFault(DateOnly from, DateOnly to, DateOnly today) =>
        Quarter.Between(from, to) is not { } quarters ? "Outcomes are told by whole quarters of the calendar year."
        : quarters.Count > QuartersAtMost ? $"At most {QuartersAtMost} quarters are told at once."
        : quarters[^1].From > today ? "A quarter that has not begun has no outcomes."
        : null;

    private static Task<FigureAnswer> Make(FigureRequest request, UnitRecord record)
    {
        List<QuarterOutcomes> all = [.. Quarter.Between(request.From, request.To)!.Select(quarter =>
        {
            var rules = IpsRules.InForceOn(quarter.To);
            var facts = new CountOutcomes(record, quarter, request.Today, rules).Count();
            return new QuarterOutcomes(quarter, new OutcomePolicy(facts, rules).Show(), rules.OutcomeBenchmarks);
        })];
        return Task.FromResult<FigureAnswer>(request.Format switch
        {
            FigureDocument.Csv => Document(OutcomeCsv.Of(all, request.Language)),
            FigureDocument.Svg => Document(OutcomeChart.Of(all, request.Language)),
            _ => new FigureAnswer.Reports([.. all.Select(one => OutcomeMeasureReport.Of(one, request))]),
        });

        FigureAnswer.Document Document(string text) => new(new FigureDocument(request.Format!, request.Language, text));
    }
}

/// <summary>The outcomes of one quarter, the share of clients in work first, and what that is held against.</summary>
internal sealed record QuarterOutcomes(
    Quarter Quarter, IReadOnlyList<Outcome> Outcomes, IReadOnlyList<OutcomeBenchmark> Benchmarks);
