using System.Globalization;
using OccupationalHealth.Charts;
using OccupationalHealth.Outcomes;

namespace OccupationalHealth.Simulation;

/// <summary>Each alternative's demand by place of care as bars, each with its number as text.</summary>
internal static class DemandChart
{
    private const int Row = 28, Left = 300, Full = 340, Top = 92, Gap = 44;

    public static string Of(Simulated result, IReadOnlyList<DemandFigure> figures, int smallest, Language language)
    {
        var scenario = result.Demand.Scenario;
        var bars = figures.Where(figure => figure is { Place: not null, Dimension: "" }).ToList();
        var longest = Math.Max(1, bars.Max(bar => bar.Count ?? 0));
        var title = DemandTexts.Title.In(language);
        var about = $"{scenario.From:yyyy-MM-dd} – {scenario.Until:yyyy-MM-dd}: "
            + $"{Number(figures[0].Count)} {DemandTexts.Cases.In(language)}, "
            + $"{Number((int)result.Faulty)} {DemandTexts.Faulty.In(language)}";
        var height = Top + bars.GroupBy(bar => bar.Alternative).Sum(group => Gap + (Row * group.Count()));
        var svg = new Svg(760, height, language, title, string.Join("; ", bars
            .GroupBy(bar => bar.Alternative).Select(group => $"{NameOf(group.Key)}: {string.Join(", ",
                group.Select(bar => $"{DemandTexts.NameOf(bar.Place).In(language)} {Number(bar.Count)}"))}")));
        svg.Text(20, 36, title, size: 18);
        svg.Text(20, 62, about);
        double y = Top;
        foreach (var group in bars.GroupBy(bar => bar.Alternative))
        {
            svg.Text(20, y + 14, NameOf(group.Key), size: 15);
            y += Gap - 16;
            foreach (var bar in group)
            {
                var width = (double)(bar.Count ?? 0) / longest * Full;
                svg.Text(Left - 12, y + 15, DemandTexts.NameOf(bar.Place).In(language), anchor: "end");
                svg.Rectangle(Left, y, width, Row - 8);
                svg.Text(Left + width + 8, y + 15, Number(bar.Count));
                y += Row;
            }

            y += 16;
        }

        return svg.ToString();

        string NameOf(int alternative) => string.Join(
            " × ", scenario.Alternatives[alternative].Contracts.Name, scenario.Alternatives[alternative].Offers.Name);

        string Number(int? count) => count?.ToString(CultureInfo.InvariantCulture)
            ?? OutcomeTexts.Hidden.With("n", smallest).In(language);
    }
}
