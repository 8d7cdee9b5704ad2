using ServiceKit.Tables;

namespace OccupationalHealth.Outcomes;

/// <summary>The report as a table: a row for each figure of each stratum.</summary>
internal static class OutcomeCsv
{
    public static string Of(IReadOnlyList<Stratum> strata, Language language) => CsvWriter.Write(
        [[.. OutcomeTexts.Columns.Select(column => column.In(language))], .. strata.SelectMany(one => Rows(one, language))],
        ';');

    private static IEnumerable<object?[]> Rows(Stratum stratum, Language language)
    {
        foreach (var figure in Figures.All)
        {
            var count = stratum.Counts[figure.Code];
            yield return Row(stratum, figure, language, count,
                figure.Base is { } whole ? stratum.Counts[whole] : null, stratum.ShareOf(figure), null, count is null);
        }

        foreach (var (figure, mean) in Figures.Means.Zip(new[] { stratum.MeanStart, stratum.MeanEnd }))
            yield return Row(stratum, figure, language, null, stratum.Counts[figure.Base!], null, mean,
                stratum.Counts[figure.Base!] is null);
    }

    private static object?[] Row(
        Stratum stratum, Figure figure, Language language, int? count, int? whole, decimal? share, decimal? mean,
        bool hidden) =>
    [
        stratum.Dimension, OutcomeTexts.NameOf(stratum)?.In(language) ?? stratum.Value, figure.Code,
        figure.Name.In(language), count, whole, share, mean, hidden ? "x" : "",
    ];
}
