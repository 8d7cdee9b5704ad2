using System.Globalization;
using System.Text;

namespace OccupationalHealth.Outcomes;

/// <summary>The report as a table: a row for each figure of each stratum.</summary>
internal static class OutcomeCsv
{
    public static string Of(IReadOnlyList<Stratum> strata, Language language)
    {
        var text = new StringBuilder();
        text.AppendJoin(';', OutcomeTexts.Columns.Select(column => column.In(language))).Append("\r\n");
        foreach (var stratum in strata)
        {
            foreach (var figure in Figures.All)
            {
                var count = stratum.Counts[figure.Code];
                Row(text, stratum, figure, language, Number(count),
                    figure.Base is { } whole ? Number(stratum.Counts[whole]) : "", Number(stratum.ShareOf(figure)), "",
                    count is null);
            }

            foreach (var (figure, mean) in Figures.Means.Zip(new[] { stratum.MeanStart, stratum.MeanEnd }))
                Row(text, stratum, figure, language, "", Number(stratum.Counts[figure.Base!]), "", Number(mean),
                    stratum.Counts[figure.Base!] is null);
        }

        return text.ToString();
    }

    private static void Row(
        StringBuilder text, Stratum stratum, Figure figure, Language language, string count, string whole, string share,
        string mean, bool hidden) => text.AppendJoin(';',
        [
            stratum.Dimension, OutcomeTexts.NameOf(stratum)?.In(language) ?? stratum.Value, figure.Code,
            figure.Name.In(language), count, whole, share, mean, hidden ? "x" : "",
        ]).Append("\r\n");

    private static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
