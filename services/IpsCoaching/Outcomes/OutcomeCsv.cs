using IpsCoaching.Figures;
using ServiceKit.Tables;

namespace IpsCoaching.Outcomes;

/// <summary>Outcomes as a table: one row a value, in long form; what is hidden says so and has none.</summary>
internal static class OutcomeCsv
{
    private static readonly object?[] Head = ["quarter", "outcome", "label", "value", "name", "number", "unit", "hidden"];

    public static string Of(IReadOnlyList<QuarterOutcomes> quarters, string language) => CsvWriter.Write(
        [Head, .. quarters.SelectMany(quarter => Rows(quarter, language))], ',');

    private static IEnumerable<object?[]> Rows(QuarterOutcomes quarter, string language)
    {
        var name = quarter.Quarter.ToString();
        foreach (var outcome in quarter.Outcomes)
        {
            object?[] head = [name, outcome.Name.Code, outcome.Name.In(language)];
            if (outcome.Unit is not null)
                yield return [.. head, "score", null, outcome.Score, outcome.Unit, Hidden(outcome.IsScoreHidden)];
            foreach (var count in outcome.Counts)
                yield return
                    [.. head, count.Name.Code, count.Name.In(language), count.Count, null, Hidden(count.Count is null)];
        }

        foreach (var line in quarter.Benchmarks)
            yield return
                [name, "benchmark", line.Source, line.Name.Code, line.Name.In(language), line.Share * 100, "%", null];
    }

    private static string? Hidden(bool isHidden) => isHidden ? "hidden" : null;
}
