using IpsCoaching.Figures;
using ServiceKit.Tables;

namespace IpsCoaching.Fidelity;

/// <summary>Fidelity as a table: one row an item, the last one the total.</summary>
internal static class FidelityCsv
{
    private static readonly object?[] Head =
        ["item", "label", "basis", "computed", "entered", "score", "reviewer", "reviewed", "rationale", "evidence"];

    public static string Of(FidelitySheet sheet, string language) => CsvWriter.Write(
    [
        Head,
        .. sheet.Score.Items.Select(one => new object?[]
        {
            one.Item.Number.Code, one.Item.Number.In(language), one.Item.Basis.Code, one.Item.Score,
            one.Entered?.Score, one.Score, one.Entered?.Reviewer, one.Entered?.Day.ToString("O"),
            one.Entered?.Rationale,
            string.Join("; ", one.Item.Evidence.Select(count => FormattableString.Invariant(
                $"{count.What.Code}={count.Count:0.##}"))),
        }),
        [
            "total", sheet.Score.Band?.Name.In(language), sheet.Score.Band?.Name.Code, null, null, sheet.Score.Total,
            null, null, null, FormattableString.Invariant($"scored-items={sheet.Score.Scored}; points={sheet.Score.Sum}"),
        ],
    ], ',');
}
