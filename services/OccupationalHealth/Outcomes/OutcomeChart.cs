using System.Globalization;
using OccupationalHealth.CareEpisodes;
using OccupationalHealth.Charts;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Outcomes;

/// <summary>Shares of all episodes as bars, each with its number as text; nothing is told by colour alone.</summary>
internal static class OutcomeChart
{
    private const int Row = 34, Left = 330, Full = 340, Top = 64;

    private static readonly string[] Shown =
    [
        Figures.Interrupted, Figures.LittleOrNone, Codes.Code(WhatFollowed.OtherServices),
        Codes.Code(WhatFollowed.SpecialisedCare), Figures.Remission, Figures.Improved, Figures.Risen, Figures.Coded,
    ];

    public static string Of(Stratum all, int smallest, Language language)
    {
        var lines = Shown.Select(code => Figures.All.Single(figure => figure.Code == code))
            .Select(figure => (Name: figure.Name.In(language), Share: all.ShareOf(figure), Text: Text(figure)))
            .ToList();
        var title = $"{OutcomeTexts.Title.In(language)} (n = {Count(all.Counts[Figures.Episodes])})";
        var svg = new Svg(
            760, Top + (Row * lines.Count) + 16, language, title,
            string.Join("; ", lines.Select(line => $"{line.Name} {line.Text}")));
        svg.Text(20, 36, title, size: 18);
        for (var i = 0; i < lines.Count; i++)
        {
            var y = Top + (Row * i);
            svg.Text(Left - 12, y + 18, lines[i].Name, anchor: "end");
            var width = (double)(lines[i].Share ?? 0) / 100 * Full;
            svg.Rectangle(Left, y, width, Row - 10);
            svg.Text(Left + width + 8, y + 18, lines[i].Text);
        }

        return svg.ToString();

        string Text(Figure figure) => all.ShareOf(figure) is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"{share:0.#} %")
            : all.Counts[figure.Code] is null ? OutcomeTexts.Hidden.With("n", smallest).In(language) : "–";

        string Count(int? count) => count?.ToString(CultureInfo.InvariantCulture)
            ?? OutcomeTexts.Hidden.With("n", smallest).In(language);
    }
}
