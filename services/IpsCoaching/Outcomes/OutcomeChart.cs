using System.Globalization;
using System.Net;
using System.Text;
using IpsCoaching.Cases;
using IpsCoaching.Figures;

namespace IpsCoaching.Outcomes;

/// <summary>
/// The share of clients in work as bars, quarter by quarter, with the lines it is held against, as SVG in one language.
/// All that is drawn stands in words too: colours carry nothing, and the description holds every number.
/// </summary>
internal static class OutcomeChart
{
    private const int Left = 50, Top = 40, Height = 300, Bar = 44, Step = 80, Words = 210;

    public static string Of(IReadOnlyList<QuarterOutcomes> quarters, string language)
    {
        string Say(string finnish, string swedish, string english) => Language.Pick(language, finnish, swedish, english);
        var lines = quarters[^1].Benchmarks;
        var (end, hidden) = (Left + quarters.Count * Step, Say("pieni ryhmä, ei näytetä", "liten grupp, visas inte",
            "small group, not shown"));
        var title = Say("Avoimessa työssä vuosineljänneksittäin, % asiakkaista",
            "I arbete på öppna marknaden per kvartal, % av klienterna", "In competitive work by quarter, % of clients");
        string Told(QuarterOutcomes one) => one.Outcomes[0] switch
        {
            { IsScoreHidden: true } => hidden,
            { Score: { } score } => Percent(score),
            _ => Say("ei asiakkaita", "inga klienter", "no clients"),
        };
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {end + Words} {Top + Height + 40}" role="img"
             aria-labelledby="title desc" lang="{language}" font-family="sans-serif" font-size="13">
            <title id="title">{Text(title)}</title>
            <desc id="desc">{Text(string.Join("; ", quarters.Select(one => $"{one.Quarter}: {Told(one)}")))}.
            {Text(Say("Vertailu", "Jämförelse", "For comparison"))}: {Text(string.Join("; ", lines.Select(one =>
                $"{one.Name.In(language)} {Percent(one.Share * 100)}")))}.</desc>
            <rect width="100%" height="100%" fill="#fff"/><text x="{Left}" y="22" font-weight="bold">{Text(title)}</text>

            """);
        for (var share = 0; share <= 100; share += 25)
            svg.Append(CultureInfo.InvariantCulture,
                $"<path d=\"M{Left} {Y(share)}H{end}\" stroke=\"#ccc\"/><text x=\"{Left - 8}\" y=\"{Y(share) + 4}\" text-anchor=\"end\">{share}</text>\n");
        for (var i = 0; i < quarters.Count; i++) Append(svg, quarters[i], Left + i * Step, Told(quarters[i]));
        AppendLines(svg, lines, end, language);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, QuarterOutcomes one, int x, string told)
    {
        var (middle, score) = (x + Step / 2, one.Outcomes[0].Score);
        if (score is { } share)
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{middle - Bar / 2}\" y=\"{Y(share)}\" width=\"{Bar}\" height=\"{Height * share / 100:0.#}\" fill=\"#1f5f99\"/>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{middle}\" y=\"{Y(score ?? 0) - 6}\" text-anchor=\"middle\">{Text(score is null ? "–" : told)}</text>")
            .Append(CultureInfo.InvariantCulture,
                $"<text x=\"{middle}\" y=\"{Top + Height + 20}\" text-anchor=\"middle\">{one.Quarter}</text>\n");
    }

    // Lines lie close to each other; their names keep a distance.
    private static void AppendLines(
        StringBuilder svg, IReadOnlyList<OutcomeBenchmark> lines, int end, string language)
    {
        var lowest = decimal.MaxValue;
        foreach (var line in lines.OrderBy(line => line.Share))
        {
            var (y, name) = (Y(line.Share * 100), $"{line.Name.In(language)} {Percent(line.Share * 100)}");
            lowest = Math.Min(y + 4, lowest - 16);
            svg.Append(CultureInfo.InvariantCulture,
                $"<path d=\"M{Left} {y}H{end}L{end + 12} {lowest - 4}\" fill=\"none\" stroke=\"#333\" stroke-dasharray=\"5 4\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{end + 16}\" y=\"{lowest}\">{Text(name)}</text>\n");
        }
    }

    private static decimal Y(decimal percent) => Top + Height * (1 - percent / 100);

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.#} %");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
