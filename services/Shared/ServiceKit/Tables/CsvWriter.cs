using System.Globalization;
using System.Text;

namespace ServiceKit.Tables;

/// <summary>Writes tables for spreadsheets, as <see cref="CsvReader"/> reads them. Pure. Source: RFC 4180.</summary>
public static class CsvWriter
{
    /// <param name="rows">Fields are texts, numbers and nulls; numbers are written with a point.</param>
    /// <param name="separator"><c>,</c> or <c>;</c>.</param>
    public static string Write(IEnumerable<IReadOnlyList<object?>> rows, char separator)
    {
        var text = new StringBuilder();
        foreach (var row in rows) text.AppendJoin(separator, row.Select(field => Field(field, separator))).Append("\r\n");
        return text.ToString();
    }

    private static string Field(object? value, char separator)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        // What a spreadsheet would take for a formula stays text.
        if (value is string && text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
