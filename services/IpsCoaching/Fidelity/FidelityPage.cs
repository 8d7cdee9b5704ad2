using System.Globalization;
using System.Net;
using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.Figures;

namespace IpsCoaching.Fidelity;

/// <summary>Fidelity as a page to print, in one language, without scripts.</summary>
internal static class FidelityPage
{
    private const string Style =
        """
        body { font: 11pt/1.4 system-ui, sans-serif; color: #111; max-width: 60rem; margin: 1rem auto; padding: 0 1rem }
        table { border-collapse: collapse; width: 100% }
        caption { text-align: left; font-weight: 600; padding: .5rem 0 }
        th, td { border: 1px solid #666; padding: .25rem .4rem; text-align: left; vertical-align: top }
        small { color: #333 }
        @page { margin: 15mm }
        @media print {
          body { max-width: none; margin: 0; font-size: 9pt }
          tr { break-inside: avoid } thead { display: table-header-group } h2 { break-after: avoid }
        }
        """;

    public static string Of(FidelitySheet sheet, Organization unit, DateOnly today, string language)
    {
        string Say(TranslatedName name) => Text(name.In(language));
        var (score, due) = (sheet.Score, sheet.Due is { } day ? Day(day) : "–");
        return $"""
            <!DOCTYPE html>
            <html lang="{language}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Say(FidelityWords.Title)}</title>
            <style>{Style}</style></head><body>
            <h1>{Say(FidelityWords.Title)}</h1>
            <p>{Text(unit.Name)}, {Day(score.From)}–{Day(score.To)}. {Say(FidelityWords.Printed)} {Day(today)}.</p>
            <p><strong>{Text(FidelityWords.Total(score, language))}</strong></p>
            <p>{Say(FidelityWords.Due)}: {due}</p>
            <p><small>{string.Join(' ', FidelityWords.HowToRead.Select(Say))}</small></p>
            <table><caption>{Say(FidelityWords.Items)}</caption>
            <thead>{Head(FidelityWords.ItemHead, language)}</thead><tbody>
            {string.Join("\n", score.Items.Select(item => Row(item, language)))}
            </tbody></table>
            <h2>{Say(FidelityWords.History)}</h2>
            <table><thead>{Head(FidelityWords.HistoryHead, language)}</thead><tbody>
            {string.Join("\n", sheet.History.Select(past => Row(past, language)))}
            </tbody></table></body></html>
            """;
    }

    private static string Head(IEnumerable<TranslatedName> names, string language) =>
        $"<tr>{string.Concat(names.Select(name => $"<th scope=\"col\">{Text(name.In(language))}</th>"))}</tr>";

    private static string Row(ScoredItem one, string language)
    {
        var (item, entered) = (one.Item, "–");
        var score = item.Score is { } computed ? Strong(computed) + " " : "";
        if (one.Entered is { } review)
            entered = $"{Strong(review.Score)} {Small($"{review.Reviewer} {Day(review.Day)}: {review.Rationale}")}";
        var evidence = string.Join(", ", item.Evidence.Select(count =>
            string.Create(CultureInfo.InvariantCulture, $"{count.What.In(language)} {count.Count:0.##}")));
        return $"<tr><td>{item.Number.Code}</td><th scope=\"row\">{Text(item.Number.In(language))}</th>"
            + $"<td>{score}{Small(item.Basis.In(language))}</td><td>{entered}</td><td>{Text(evidence)}</td></tr>";
    }

    private static string Row(PastReview past, string language) =>
        $"<tr><td>{Day(past.Score.From)}–{Day(past.Score.To)}</td><td>{Day(past.Day)}</td>"
        + $"<td>{Text(string.Join(", ", past.Reviewers))}</td>"
        + $"<td>{Text(FidelityWords.Total(past.Score, language))}</td></tr>";

    private static string Strong(int score) => $"<strong>{score}</strong>";

    private static string Small(string text) => $"<small>{Text(text)}</small>";

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
