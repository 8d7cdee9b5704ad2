using Fhir;
using ServiceKit.Rest;
using ServiceKit.Storage;
using ServiceKit.Tables;
using static Fhir.Parameters;

namespace IpsCoaching.Bulk;

/// <summary>
/// What an import answers: of each line what became of it, <c>created</c> (<c>valid</c> in a dry run), <c>changed</c>,
/// <c>known</c> or <c>refused</c>, and every fault with its line and column.
/// </summary>
/// <param name="part">What the part is called that refers to what the line became.</param>
internal sealed class ImportReport(ImportRequest request, string part)
{
    public const string Created = "created", Changed = "changed", Known = "known";

    private readonly List<ParameterComponent> lines = [];
    private readonly List<FhirIssue> faults = [];
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);

    /// <summary>The line of this file that says the same or has changed it already; null where none has.</summary>
    public int? LineOf(string id) => taken.TryGetValue(id, out var line) ? line : null;

    public void Refuse(CsvRecord line, IEnumerable<LineFault> found)
    {
        faults.AddRange(found.Select(fault => request.FaultOf(line, fault)));
        Add(line, "refused");
    }

    /// <summary>What became of a line without faults.</summary>
    /// <param name="remarks">What whoever imports had better look at.</param>
    public void Tell(CsvRecord line, string outcome, Resource what, params IEnumerable<string?> remarks)
    {
        List<string> all = [.. remarks.OfType<string>()];
        if (outcome == Known && LineOf(what.Id!) is { } other)
            all.Add($"Line {other} says the same: it is taken once.");
        taken.TryAdd(what.Id!, line.Line);
        var told = Add(line, outcome == Created && request.IsDryRun ? "valid" : outcome);
        if (!request.IsDryRun || outcome == Known)
            told.Part.Add(Part(part, new ResourceReference($"{what.TypeName}/{what.Id}")));
        told.Part.AddRange(all.Select(remark => Part("warning", new FhirString(remark))));
    }

    /// <summary>Ends an import: what was stored stays only when it is no dry run and no line has a fault.</summary>
    public OperationResult End(Session session)
    {
        if (request.IsDryRun || faults.Count > 0) session.Abandon();
        if (faults.Count > 0 && !request.IsDryRun) return new OperationResult.Refused(Refusal.BadRequest(faults));
        var report = new Parameters();
        report.Parameter.AddRange([
            Part("dry-run", new FhirBoolean(request.IsDryRun)), Part("lines", new Integer(request.Lines.Count)), .. lines,
        ]);
        if (faults.Count > 0)
            report.Parameter.Add(new ParameterComponent
            {
                Name = "faults", Resource = Refusal.BadRequest(faults).ToOutcome(),
            });
        return new OperationResult.Done(report);
    }

    private ParameterComponent Add(CsvRecord line, string outcome)
    {
        lines.Add(Parts("line", Part("number", new Integer(line.Line)), Part("outcome", new Code(outcome))));
        return lines[^1];
    }
}
