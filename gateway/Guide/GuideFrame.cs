using System.Net;
using System.Text;

namespace Gateway.Guide;

/// <summary>A page's text, in one language. Everything that is not a tag of ours is encoded.</summary>
internal sealed class GuideFrame(string language)
{
    /// <summary>The only style; dark on light with a contrast of 7 or more, and no script.</summary>
    public const string Style =
        """
        body{font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;margin:0 auto;max-width:70rem;padding:0 1rem 3rem}
        a{color:#0b3d78}a:focus-visible,[tabindex]:focus-visible{outline:3px solid #0b3d78;outline-offset:2px}
        header{border-bottom:2px solid #0b3d78;padding:.75rem 0}nav a{margin-right:1rem;display:inline-block;padding:.25rem 0}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:#fff}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;border-bottom:1px solid #767676;padding:.4rem .6rem;overflow-wrap:break-word}
        th{background:#eef2f7}code,pre{font:.9em ui-monospace,monospace}pre{overflow:auto;background:#f5f5f5;padding:1rem}
        """;

    private readonly StringBuilder _body = new();

    public string Language => language;

    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static string Code(string? text) => $"<code>{Text(text)}</code>";

    public static string Link(string address, string? text) => $"<a href=\"{Text(address)}\">{Text(text)}</a>";

    public string Word(GuideWord word) => Text(word.In(language));

    public GuideFrame Heading(GuideWord word) => Add($"<h2>{Word(word)}</h2>");

    public GuideFrame Paragraph(string? text) => string.IsNullOrEmpty(text) ? this : Add($"<p>{Text(text)}</p>");

    public GuideFrame Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    /// <summary>A table whose cells are tags already; nothing without rows.</summary>
    public GuideFrame Table(GuideWord label, GuideWord[] heads, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>").ToList();
        if (lines.Count == 0) return this;
        // What is wider than the window is scrolled, by the keyboard too.
        return Add($"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{Word(label)}\"><table><thead><tr>"
            + string.Concat(heads.Select(head => $"<th scope=\"col\">{Word(head)}</th>"))
            + $"</tr></thead><tbody>{string.Join('\n', lines)}</tbody></table></div>");
    }

    /// <summary>The whole page; <paramref name="path"/> is its address behind the language.</summary>
    public string Page(string title, string path) =>
        $"""
        <!DOCTYPE html>
        <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>{Text(title)} – Occupational Mental Health</title><link rel="stylesheet" href="/ig/guide.css"></head><body>
        <a class="skip" href="#content">{Word(GuideWords.Skip)}</a>
        <header><nav aria-label="{Word(GuideWords.Contents)}">{Link($"/ig/{language}", GuideWords.Title.In(language))}
        {Link("/ig/package.tgz", GuideWords.Package.In(language))}</nav>
        <nav aria-label="{Word(GuideWords.Language)}">{string.Concat(GuideWords.Languages.Select(one => Other(one, path)))}</nav></header>
        <main id="content"><h1>{Text(title)}</h1>
        {_body}</main></body></html>
        """;

    private string Other((string Code, string Name) one, string path) => one.Code == language
        ? $"<a href=\"/ig/{one.Code}{Text(path)}\" lang=\"{one.Code}\" aria-current=\"true\">{Text(one.Name)}</a>"
        : $"<a href=\"/ig/{one.Code}{Text(path)}\" lang=\"{one.Code}\" hreflang=\"{one.Code}\">{Text(one.Name)}</a>";
}
