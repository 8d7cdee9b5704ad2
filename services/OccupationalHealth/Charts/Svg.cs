using System.Globalization;
using System.Text;
using System.Xml;

namespace OccupationalHealth.Charts;

/// <summary>
/// Writes a picture that can be heard as well as seen: role img with title and description, a language, dark on white.
/// Source: SVG 1.1, accessibility of titles and descriptions.
/// </summary>
internal sealed class Svg
{
    private const string Ink = "#1a1a1a", Fill = "#1f5f8b";

    private readonly StringBuilder body = new();

    public Svg(int width, int height, Language language, string title, string description)
    {
        var code = language.ToString().ToLowerInvariant();
        body.Append(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" lang="{code}" """)
            .Append(CultureInfo.InvariantCulture,
                $"""xml:lang="{code}" aria-labelledby="title description" font-family="sans-serif">""")
            .Append(CultureInfo.InvariantCulture,
                $"""<title id="title">{Escape(title)}</title><desc id="description">{Escape(description)}</desc>""")
            .Append(CultureInfo.InvariantCulture, $"""<rect width="{width}" height="{height}" fill="#ffffff"/>""");
    }

    public void Text(double x, double y, string text, int size = 14, string anchor = "start") => body.Append(
        CultureInfo.InvariantCulture,
        $"""<text x="{x:0.#}" y="{y:0.#}" font-size="{size}" text-anchor="{anchor}" fill="{Ink}">""")
        .Append(Escape(text)).Append("</text>");

    public void Rectangle(double x, double y, double width, double height) => body.Append(
        CultureInfo.InvariantCulture,
        $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{Fill}"/>""");

    public void Line(double x1, double y1, double x2, double y2, bool dashed = false) => body.Append(
        CultureInfo.InvariantCulture,
        $"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{Ink}" """)
        .Append(dashed ? """stroke-dasharray="4 4" stroke-width="1"/>""" : """stroke-width="1"/>""");

    public void Curve(IEnumerable<(double X, double Y)> points) => body.Append("<polyline points=\"")
        .AppendJoin(' ', points.Select(point =>
            string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))
        .Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{Fill}\" stroke-width=\"3\"/>");

    public void Dot(double x, double y) => body.Append(
        CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="5" fill="{Fill}"/>""");

    public override string ToString() => body + "</svg>";

    // Only what XML may hold: nothing of this comes from outside, yet names may hold signs of their own.
    private static string Escape(string text) => new StringBuilder(
            string.Concat(text.Where(XmlConvert.IsXmlChar)))
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").ToString();
}
