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
internal sealed class OutcomeChart(IReadOnlyList<QuarterOutcomes> quarters, string language)
{
    private const int Left = 50, Top = 40, Height = 300, Bar = 44, Step = 80, Words = 210;

    private readonly StringBuilder svg = new();

    // With fewer quarters the title would find no room.
    private readonly int end = Left + Math.Max(quarters.Count, 4) * Step;

    public static string Of(IReadOnlyList<QuarterOutcomes> quarters, string language) =>
        new OutcomeChart(quarters, language).Draw();

    private string Draw()
    {
        var lines = quarters[^1].Benchmarks;
        var title = Say("Avoimessa työssä vuosineljänneksittäin, % asiakkaista",
            "I arbete på öppna marknaden per kvartal, % av klienterna", "In competitive work by quarter, % of clients");
        var told = string.Join("; ", quarters.Select(one => $"{one.Quarter}: {Told(one)}"));
        var held = string.Join("; ", lines.Select(Told));
        Add($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {end + Words} {Top + Height + 40}" role="img"
             aria-labelledby="title desc" lang="{language}" font-family="sans-serif" font-size="13">
            <title id="title">{Text(title)}</title>
            <desc id="desc">{Text($"{told}. {Say("Vertailu", "Jämförelse", "For comparison")}: {held}.")}</desc>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Left}" y="22" font-weight="bold">{Text(title)}</text>
            """);
        for (var share = 0; share <= 100; share += 25)
        {
            Add($"<path d=\"M{Left} {Y(share)}H{end}\" stroke=\"#ccc\"/>");
            Write(Left - 8, Y(share) + 4, "end", $"{share}");
        }

        for (var i = 0; i < quarters.Count; i++) AddQuarter(quarters[i], Left + i * Step + Step / 2);
        AddLines(lines);
        return svg.Append("</svg>\n").ToString();
    }

    private void AddQuarter(QuarterOutcomes one, int middle)
    {
        var score = one.Outcomes[0].Score;
        if (score is { } share)
            Add($"""
                <rect x="{middle - Bar / 2}" y="{Y(share)}" width="{Bar}" height="{Height * share / 100}" fill="#1f5f99"/>
                """);
        Write(middle, Y(score ?? 0) - 6, "middle", score is null ? "–" : Told(one));
        Write(middle, Top + Height + 20, "middle", one.Quarter.ToString());
    }

    // Lines lie close to each other; their names keep a distance.
    private void AddLines(IEnumerable<OutcomeBenchmark> lines)
    {
        var lowest = decimal.MaxValue;
        foreach (var line in lines.OrderBy(line => line.Share))
        {
            var y = Y(line.Share * 100);
            lowest = Math.Min(y + 4, lowest - 16);
            Add($"""
                <path d="M{Left} {y}H{end}L{end + 12} {lowest - 4}" fill="none" stroke="#333" stroke-dasharray="5 4"/>
                """);
            Write(end + 16, lowest, "start", Told(line));
        }
    }

    private string Told(QuarterOutcomes one) => one.Outcomes[0] switch
    {
        { IsScoreHidden: true } => Say("pieni ryhmä, ei näytetä", "liten grupp, visas inte", "small group, not shown"),
        { Score: { } score } => Percent(score),
        _ => Say("ei asiakkaita", "inga klienter", "no clients"),
    };

    private string Told(OutcomeBenchmark line) => $"{line.Name.In(language)} {Percent(line.Share * 100)}";

    private string Say(string finnish, string swedish, string english) =>
        Language.Pick(language, finnish, swedish, english);

    private void Add(FormattableString element) =>
        svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Write(int x, decimal y, string anchor, string words) =>
        Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{Text(words)}</text>");

    private static decimal Y(decimal percent) => Top + Height * (1 - percent / 100);

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share:0.#} %");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
