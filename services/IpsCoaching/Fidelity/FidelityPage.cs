using System.Globalization;
using System.Net;
using Fhir;
using IpsCoaching.Figures;

namespace IpsCoaching.Fidelity;

/// <summary>Fidelity as a page to print, in one language, without scripts.</summary>
internal static class FidelityPage
{
    private const string Style =
        """
        body { font: 11pt/1.4 system-ui, sans-serif; color: #111; max-width: 60rem; margin: 1rem auto; padding: 0 1rem }
        table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: 600; padding: .5rem 0 }
        th, td { border: 1px solid #666; padding: .25rem .4rem; text-align: left; vertical-align: top }
        td.n { text-align: right; white-space: nowrap } small { color: #333 }
        @page { margin: 15mm } @media print { body { max-width: none; margin: 0; font-size: 9pt }
        tr { break-inside: avoid } thead { display: table-header-group } h2 { break-after: avoid } }
        """;

    public static string Of(FidelitySheet sheet, Organization unit, DateOnly today, string language)
    {
        string Say(string finnish, string swedish, string english) => Language.Pick(language, finnish, swedish, english);
        string Head(params string[] names) =>
            $"<tr>{string.Concat(names.Select(name => $"<th scope=\"col\">{Text(name)}</th>"))}</tr>";
        var score = sheet.Score;
        var title = Say("IPS-laatukriteerit", "IPS-kvalitetskriterier", "IPS fidelity");
        var computed = Say("Laskettu", "Beräknad", "Computed");
        var entered = Say("Arvioijan", "Granskarens", "Entered");
        return $"""
            <!DOCTYPE html>
            <html lang="{language}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(title)}</title>
            <style>{Style}</style></head><body>
            <h1>{Text(title)}</h1>
            <p>{Text(unit.Name)}, {Day(score.From)}–{Day(score.To)}. {Text(Say("Tulostettu", "Utskrivet", "Printed"))} {Day(today)}.</p>
            <p><strong>{Text(Total(score, language))}</strong></p>
            <p>{Text(Say("Seuraava arviointi viimeistään", "Nästa granskning senast", "Next review due by"))}:
            {(sheet.Due is { } due ? Day(due) : "–")}</p>
            <p><small>{Text(Say(
                "Arvioijan pisteet korvaavat lasketut yhteispisteissä; laskettu näyttö ei muutu. Kun vain ylin taso tunnetaan, sen alle jäävän osion pisteyttää arvioija.",
                "Granskarens poäng ersätter de beräknade i totalen; det beräknade underlaget ändras inte. När bara den högsta nivån är känd poängsätter granskaren det som inte når den.",
                "A reviewer's score replaces the computed one in the total; the computed evidence stays. Where only the top level is known, a reviewer scores what does not reach it."))}</small></p>
            <table><caption>{Text(Say("Osiot", "Punkter", "Items"))}</caption><thead>
            {Head("", Say("Osio", "Punkt", "Item"), computed, entered, Say("Näyttö", "Underlag", "Evidence"))}
            </thead><tbody>
            {string.Join("\n", score.Items.Select(item => Row(item, language)))}
            </tbody></table>
            <h2>{Text(Say("Aiemmat arvioinnit", "Tidigare granskningar", "History of reviews"))}</h2>
            <table><thead>{Head(Say("Jakso", "Period", "Period"), Say("Päivä", "Dag", "Day"),
                Say("Arvioija", "Granskare", "Reviewer"), Say("Tulos", "Resultat", "Result"))}</thead><tbody>
            {string.Join("\n", sheet.History.Select(past => $"<tr><td>{Day(past.Score.From)}–{Day(past.Score.To)}</td><td>{Day(past.Day)}</td>"
                + $"<td>{Text(string.Join(", ", past.Reviewers))}</td><td>{Text(Total(past.Score, language))}</td></tr>"))}
            </tbody></table></body></html>
            """;
    }

    private static string Row(ScoredItem one, string language)
    {
        var item = one.Item;
        var evidence = string.Join(", ", item.Evidence.Select(count =>
            string.Create(CultureInfo.InvariantCulture, $"{count.What.In(language)} {count.Count:0.##}")));
        var entered = one.Entered is { } review
            ? $"<strong>{review.Score}</strong> <small>{Text(review.Reviewer)} {Day(review.Day)}: {Text(review.Rationale)}</small>"
            : "–";
        return $"<tr><td class=\"n\">{item.Number.Code}</td><th scope=\"row\">{Text(item.Number.In(language))}</th>"
            + $"<td>{(item.Score is { } score ? $"<strong>{score}</strong> " : "")}<small>{Text(item.Basis.In(language))}</small></td>"
            + $"<td>{entered}</td><td>{Text(evidence)}</td></tr>";
    }

    private static string Total(FidelityScore score, string language) => score.Total is { } total
        ? $"{total} / 125: {score.Band?.Name.In(language)}"
        : Language.Pick(language,
            $"{score.Sum} pistettä, {score.Scored} / 25 osiota pisteytetty",
            $"{score.Sum} poäng, {score.Scored} / 25 punkter poängsatta",
            $"{score.Sum} points, {score.Scored} of 25 items scored");

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
