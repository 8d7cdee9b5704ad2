using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;

namespace IpsCoaching.Bulk;

/// <summary>
/// What an import is asked: <c>file</c> (CSV in UTF-8 as valueBase64Binary, or its text as valueString),
/// <c>team</c> (Organization), one <c>column</c> for each column that is read, with <c>field</c> and its <c>header</c>
/// in the file, and perhaps <c>coach</c> (for lines that name none), <c>care-unit</c> (Organization whose team treats
/// the clients) and <c>dry-run</c>.
/// </summary>
internal sealed record ImportRequest(
    CsvRecord Head, IReadOnlyList<CsvRecord> Lines, IReadOnlyDictionary<string, int> Columns,
    IReadOnlyDictionary<string, string> Headers, bool IsDryRun)
{
    // A technical limit: all lines are one transaction.
    private const int MostLines = 1000;

    private const string File = "Parameters.parameter('file')", Column = "Parameters.parameter('column')";

    /// <param name="fields">What columns may hold.</param>
    /// <param name="required">What a column must hold.</param>
    public static (ImportRequest? Request, IReadOnlyList<FhirIssue> Faults) Read(
        Parameters parameters, IReadOnlyList<string> fields, IReadOnlyList<string> required)
    {
        List<FhirIssue> faults = [];
        var headers = Mapping(parameters, fields, faults);
        faults.AddRange(required.Where(field => !headers.ContainsKey(field))
            .Select(field => Refusal.Issue(IssueType.Required, Column, $"A column holds {field}.")));
        var bytes = parameters.Value<Base64Binary>("file")?.Value;
        var text = bytes is null ? parameters.Value<FhirString>("file")?.Value : CsvReader.Decode(bytes);
        if (text is null)
            return (null, [.. faults, bytes is null
                ? Refusal.Issue(IssueType.Required, File, "The file, as valueBase64Binary or valueString.")
                : Refusal.Issue(IssueType.Value, File, "It is not UTF-8: save the spreadsheet as CSV UTF-8.")]);
        var (records, broken) = CsvReader.Read(text, CsvReader.SeparatorOf(text));
        faults.AddRange(broken.Select(line => Refusal.Issue(IssueType.Structure, $"line[{line}]",
            $"Line {line}: a quoted field has no end, or something behind it.")));
        if (records.Count < 2 || records.Count > MostLines + 1)
            faults.Add(Refusal.Issue(IssueType.Value, File, $"A head and 1 to {MostLines} lines."));
        var head = records.Count > 0 ? records[0].Fields.Select(name => name.Trim()).ToList() : [];
        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        foreach (var (field, header) in headers)
        {
            var places = head.Select((name, i) => (name, i))
                .Where(one => one.name.Equals(header, StringComparison.OrdinalIgnoreCase)).ToList();
            if (places is [var only]) columns[field] = only.i;
            else
                faults.Add(Refusal.Issue(IssueType.NotFound, Column,
                    $"The file has {(places.Count == 0 ? "no column" : "more than one column")} {header}."));
        }

        return faults.Count > 0 ? (null, faults) : (new ImportRequest(
            records[0], [.. records.Skip(1)], columns, headers, parameters.Value<FhirBoolean>("dry-run")?.Value == true), []);
    }

    /// <summary>
    /// What a line holds in a field, trimmed; null where no column holds it or the line is too short.
    /// </summary>
    public string? Value(CsvRecord line, string field) =>
        Columns.TryGetValue(field, out var place) && place < line.Fields.Count ? line.Fields[place].Trim() : null;

    /// <summary>
    /// Makes imports of a tenant run one after the other: the second of two of one file finds what the first has stored.
    /// </summary>
    public static Task Lock(Session session, Access access) => session.Lock($"import|{access.Tenant}");

    /// <summary>What is wrong with a line before anything is read of it.</summary>
    public IEnumerable<LineFault> FaultsOf(CsvRecord line) =>
        // Which of them is too much nobody knows: read by their places, the fields behind it would be others.
        line.Fields.Skip(Head.Fields.Count).Any(field => field.Trim().Length > 0)
            ? [new LineFault("", IssueType.Structure,
                $"It has {line.Fields.Count} fields, and the first line names {Head.Fields.Count} columns: a field that "
                + "holds the separator (; or ,) stands in quotation marks.")]
            : Columns.Keys.Where(field => Value(line, field) is { } text && !CsvReader.IsText(text))
                .Select(field => new LineFault(
                    field, IssueType.Value, "It holds a control character, which is no text."));

    /// <summary>A fault of a line, with its column as the file names it; without one where the line itself is wrong.</summary>
    public FhirIssue FaultOf(CsvRecord line, LineFault fault) => fault.Field.Length == 0
        ? Refusal.Issue(fault.Code, $"line[{line.Line}]", $"Line {line.Line}: {fault.Message}")
        : Refusal.Issue(fault.Code, $"line[{line.Line}].{fault.Field}",
            $"Line {line.Line}, {(Headers.TryGetValue(fault.Field, out var header) ? $"column {header}"
                : $"no column holds {fault.Field}")}: {fault.Message}");

    private static Dictionary<string, string> Mapping(
        Parameters parameters, IReadOnlyList<string> fields, List<FhirIssue> faults)
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal);
        foreach (var column in parameters.Parameter.Where(one => one.Name == "column"))
        {
            var field = column.Part.Find(part => part.Name == "field")?.Value switch
            {
                Code code => code.Text,
                FhirString text => text.Value,
                _ => null,
            };
            var header = (column.Part.Find(part => part.Name == "header")?.Value as FhirString)?.Value;
            if (field is null || !fields.Contains(field, StringComparer.Ordinal))
                faults.Add(Refusal.Issue(IssueType.CodeInvalid, Column,
                    $"The field is one of {string.Join(", ", fields)}."));
            else if (string.IsNullOrWhiteSpace(header))
                faults.Add(Refusal.Issue(IssueType.Required, Column, $"The header of the column with {field}."));
            else if (!headers.TryAdd(field, header.Trim()))
                faults.Add(Refusal.Issue(IssueType.Value, Column, $"Only one column holds {field}."));
        }

        return headers;
    }
}
