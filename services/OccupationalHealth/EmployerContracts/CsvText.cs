using System.Text;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// Reads comma-separated values (RFC 4180), also with semicolons, as spreadsheets in Finland write them. The first line
/// names the columns and tells the separator.
/// </summary>
internal static class CsvText
{
    /// <summary>A line and where it begins in the file, 1 for the first.</summary>
    public sealed record Line(int Number, IReadOnlyList<string> Fields);

    public static IReadOnlyList<Line> Read(string text)
    {
        var first = text.AsSpan(0, Math.Max(0, text.IndexOf('\n')) is > 0 and var end ? end : text.Length);
        var separator = first.Contains(';') ? ';' : ',';
        List<Line> lines = [];
        List<string> fields = [];
        var field = new StringBuilder();
        var (quoted, number, start) = (false, 1, 1);
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign == '\n')
                number++;
            if (quoted && sign == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[i++]);
            else if (sign == '"' && (quoted || field.Length == 0))
                quoted = !quoted;
            else if (!quoted && sign == separator)
                EndField();
            else if (!quoted && sign == '\n')
                EndLine();
            else if (quoted || sign != '\r')
                field.Append(sign);
        }

        EndLine();
        return lines;

        void EndField()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }

        void EndLine()
        {
            EndField();
            if (fields.Exists(value => value.Length > 0))
                lines.Add(new Line(start, [.. fields]));
            fields.Clear();
            start = number;
        }
    }
}
