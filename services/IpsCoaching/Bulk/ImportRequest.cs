using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;
using static Fhir.Parameters;

namespace IpsCoaching.Bulk;

/// <summary>
/// What <c>$import-cases</c> is asked: <c>file</c> (CSV in UTF-8 as valueBase64Binary, or its text as valueString),
/// <c>team</c> (Organization), one <c>column</c> for each column that is read, with <c>field</c> and its <c>header</c>
/// in the file, and perhaps <c>coach</c> (for lines that name none), <c>care-unit</c> (Organization whose team treats
/// the clients) and <c>dry-run</c>.
/// </summary>
internal sealed record ImportRequest(
    IReadOnlyList<CsvRecord> Lines, IReadOnlyDictionary<string, int> Columns,
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
            [.. records.Skip(1)], columns, headers, parameters.Value<FhirBoolean>("dry-run")?.Value == true), []);
    }

    /// <summary>
    /// What a line holds in a field, trimmed; null where no column holds it or the line is too short.
    /// </summary>
    public string? Value(CsvRecord line, string field) =>
        Columns.TryGetValue(field, out var place) && place < line.Fields.Count ? line.Fields[place].Trim() : null;

    /// <summary>A fault of a line, with its column as the file names it.</summary>
    public FhirIssue FaultOf(CsvRecord line, LineFault fault) => Refusal.Issue(
        fault.Code, $"line[{line.Line}].{fault.Field}",
        $"Line {line.Line}, column {Headers.GetValueOrDefault(fault.Field, "-")}: {fault.Message}");

    /// <summary>Ends an import: what was stored stays only when it is no dry run and no line has a fault.</summary>
    public OperationResult Report(
        Session session, IReadOnlyList<Parameters.ParameterComponent> lines, IReadOnlyList<FhirIssue> faults)
    {
        if (IsDryRun || faults.Count > 0) session.Abandon();
        if (faults.Count > 0 && !IsDryRun) return new OperationResult.Refused(Refusal.BadRequest(faults));
        var report = new Parameters();
        report.Parameter.AddRange([
            Part("dry-run", new FhirBoolean(IsDryRun)), Part("lines", new Integer(Lines.Count)), .. lines,
        ]);
        if (faults.Count > 0)
            report.Parameter.Add(new Parameters.ParameterComponent
            {
                Name = "faults", Resource = Refusal.BadRequest(faults).ToOutcome(),
            });
        return new OperationResult.Done(report);
    }

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
