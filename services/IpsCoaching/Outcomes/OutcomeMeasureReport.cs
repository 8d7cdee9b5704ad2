using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.Figures;
using Messages;

namespace IpsCoaching.Outcomes;

/// <summary>
/// Outcomes of a quarter as a MeasureReport: one group an outcome. What is hidden has no value but the extension
/// data-absent-reason with <c>masked</c> (FHIR R4).
/// </summary>
internal static class OutcomeMeasureReport
{
    public static readonly string CountSystem = Canonicals.CodeSystem("ips-outcome-count"),
        BenchmarkUrl = Canonicals.StructureDefinition("ips-benchmark"),
        BenchmarkSystem = Canonicals.CodeSystem("ips-benchmark");

    private const string AbsentUrl = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    public static MeasureReport Of(QuarterOutcomes outcomes, FigureRequest request)
    {
        var report = request.Report(ReportOutcomes.Url, outcomes.Quarter.From, outcomes.Quarter.To);
        report.Group.AddRange(outcomes.Outcomes.Select(Group));
        report.Group[0].Extension.AddRange(outcomes.Benchmarks.Select(Benchmark));
        return report;
    }

    private static MeasureReport.GroupComponent Group(Outcome outcome)
    {
        var group = new MeasureReport.GroupComponent
        {
            Code = new CodeableConcept { Coding = [outcome.Name.ToCoding(OutcomeNames.System)] },
        };
        if (outcome.IsScoreHidden) group.MeasureScore = new Quantity { Extension = [Masked()] };
        else if (outcome.Score is { } score)
            group.MeasureScore = new Quantity { Value = score, System = Quantity.Ucum, Code = outcome.Unit };
        group.Population.AddRange(outcome.Counts.Select(count => new MeasureReport.PopulationComponent
        {
            Code = new CodeableConcept { Coding = [count.Name.ToCoding(CountSystem)] },
            CountElement = count.Count is { } number ? new Integer(number) : new Integer { Extension = [Masked()] },
        }));
        return group;
    }

    private static Extension Benchmark(OutcomeBenchmark benchmark)
    {
        var extension = new Extension { Url = BenchmarkUrl };
        extension.Extension.Add(new Extension("name", benchmark.Name.ToCoding(BenchmarkSystem)));
        extension.Extension.Add(new Extension("share", new Quantity
        {
            Value = benchmark.Share * 100, System = Quantity.Ucum, Code = "%",
        }));
        extension.Extension.Add(new Extension("source", new FhirString(benchmark.Source)));
        return extension;
    }

    private static Extension Masked() => new(AbsentUrl, new Code("masked"));
}
