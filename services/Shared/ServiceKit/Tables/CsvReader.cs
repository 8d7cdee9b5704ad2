using System.Globalization;
using System.Text;

namespace ServiceKit.Tables;

/// <summary>One record of a file.</summary>
/// <param name="Line">The line on which it begins, the first one is 1.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>
/// Reads what spreadsheets write: fields between <c>;</c> or <c>,</c>, quoted where they hold one, a quote doubled
/// within quotes, any kind of line end, empty lines left out. Pure. Source: RFC 4180.
/// </summary>
public static class CsvReader
{
    private static readonly UTF8Encoding Utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file; null when it is not UTF-8.</summary>
    public static string? Decode(byte[] file)
    {
        try
        {
            return Utf8.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whichever separator the head holds more often; <c>;</c>, as Finnish spreadsheets write, in a tie.
    /// </summary>
    public static char SeparatorOf(string text)
    {
        var (semicolons, commas, isQuoted) = (0, 0, false);
        foreach (var sign in text)
        {
            if (sign == '"') isQuoted = !isQuoted;
            if (isQuoted) continue;
            if (sign is '\r' or '\n' && semicolons + commas > 0) break;
            if (sign == ';') semicolons++;
            if (sign == ',') commas++;
        }

        return commas > semicolons ? ',' : ';';
    }

    /// <summary>
    /// Whether a field may stand in a FHIR string, which holds no control characters such as NUL; source:
    /// http://hl7.org/fhir/R4/datatypes.html#string
    /// </summary>
    public static bool IsText(string field) => !field.Any(sign => sign is < ' ' and not ('\t' or '\r' or '\n'));

    /// <summary>A day as 2026-01-31 or, as Finnish spreadsheets write it, 31.1.2026; null for anything else.</summary>
    public static DateOnly? Day(string text) => DateOnly.TryParseExact(
        text, ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>
    /// The records, and the lines on which a quoted field is broken. A byte order mark, which stands in texts too that were
    /// copied out of a file, belongs to none.
    /// </summary>
    public static (IReadOnlyList<CsvRecord> Records, IReadOnlyList<int> BrokenLines) Read(string text, char separator)
    {
        text = text.TrimStart('\uFEFF');
        List<CsvRecord> records = [];
        List<int> broken = [];
        List<string> fields = [];
        var field = new StringBuilder();
        var (line, first, state) = (1, 1, State.Start);
        for (var i = 0; i <= text.Length; i++)
        {
            var sign = i < text.Length ? text[i] : '\n';
            var isEnd = i == text.Length;
            if (state == State.Quoted && !isEnd)
            {
                if (sign == '\n') line++;
                if (sign != '"') field.Append(sign);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else state = State.Closed;
            }
            else if (sign is '\n' or '\r' || sign == separator)
            {
                if (state == State.Quoted) broken.Add(first);
                fields.Add(field.ToString());
                field.Clear();
                state = State.Start;
                if (sign == separator) continue;
                if (fields.Exists(one => one.Trim().Length > 0)) records.Add(new CsvRecord(first, [.. fields]));
                fields.Clear();
                if (sign == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                first = ++line;
            }
            else if (sign == '"' && state == State.Start && field.ToString().Trim().Length == 0)
            {
                field.Clear();
                state = State.Quoted;
            }
            else if (state == State.Closed && sign != ' ')
            {
                if (!broken.Contains(first)) broken.Add(first);
            }
            else if (state != State.Closed)
            {
                field.Append(sign);
            }
        }

        return (records, broken);
    }

    private enum State
    {
        Start,
        Quoted,
        Closed,
    }
}
