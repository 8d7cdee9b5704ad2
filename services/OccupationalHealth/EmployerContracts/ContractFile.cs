using Fhir;
using ServiceKit.Rest;
using ServiceKit.Tables;

namespace OccupationalHealth.EmployerContracts;

/// <summary>
/// A file of contracts: the first line names the columns, each further one tells a contract. Finds what the file shows to
/// be wrong by itself. Pure.
/// </summary>
internal static class ContractFile
{
    // One transaction for all, which others wait for.
    private const int MostLines = 1000;

    /// <summary>The lines, each with its faults; or why the file cannot be taken line by line.</summary>
    public static (IReadOnlyList<ContractRow> Rows, IReadOnlyList<FhirIssue> Faults) Read(string text)
    {
        var separator = CsvReader.SeparatorOf(text);
        var (records, broken) = CsvReader.Read(text, separator);
        if (broken.Count > 0)
            return ([], [.. broken.Select(line => Refusal.Issue(
                IssueType.Structure, $"line[{line}]", "A quotation mark is missing, or stands within a field."))]);
        if (records is not [var head, _, ..])
            return ([], [Refusal.Issue(IssueType.Required, "line[1]",
                $"The first line names the columns ({string.Join(", ", ContractLine.All)}), contracts follow.")]);
        if (records.Count - 1 > MostLines)
            return ([], [Refusal.Issue(IssueType.TooCostly, $"line[{records[MostLines + 1].Line}]",
                $"A file has {MostLines} contracts at most: send the others in another one.")]);
        var heads = Trimmed(head);
        if (FaultsOf(heads).ToList() is { Count: > 0 } wrong)
            return ([], wrong);

        List<ContractRow> rows = [.. records.Skip(1).Select(record => Row(record, heads, separator))];
        foreach (var same in rows.Where(row => row.IsRight)
            .GroupBy(row => (row.Line.Provider.Value, row.Line.Number.Value)))
            foreach (var row in same.Skip(1))
                row.Faults.Add(Refusal.Issue(IssueType.Duplicate, "number",
                    $"Line {same.First().Number} has this number of the provider: a contract stands on one line."));
        return (rows, []);
    }

    private static ContractRow Row(CsvRecord record, IReadOnlyList<string> heads, char separator)
    {
        var row = new ContractRow(record.Line, new ContractLine(
            heads.Zip(Trimmed(record)).ToDictionary(pair => pair.First, pair => pair.Second)));
        if (record.Fields.Count == heads.Count)
            row.Faults.AddRange(row.Line.Faults());
        else
            row.Faults.Add(Refusal.Issue(IssueType.Structure, "",
                $"The line has {record.Fields.Count} fields, and {heads.Count} columns are named."
                + (record.Fields.Count > heads.Count
                    ? $" A field in which a {separator} stands is put between quotation marks."
                    : "")));
        return row;
    }

    private static List<string> Trimmed(CsvRecord line) => [.. line.Fields.Select(field => field.Trim())];

    // A file without its first line has contents there: what is no column's name is not repeated.
    private static IEnumerable<FhirIssue> FaultsOf(IReadOnlyList<string> heads) =>
        ContractLine.Required.Except(heads).Select(name => $"{name} is missing")
            .Concat(heads.Index().Where(column => !ContractLine.All.Contains(column.Item))
                .Select(column => $"number {column.Index + 1} is not known; known are "
                    + string.Join(", ", ContractLine.All)))
            .Concat(heads.Where(ContractLine.All.Contains).GroupBy(name => name)
                .Where(same => same.Count() > 1).Select(same => $"{same.Key} stands there twice"))
            .Select(fault => Refusal.Issue(IssueType.Structure, "line[1]", $"The column {fault}."));
}
