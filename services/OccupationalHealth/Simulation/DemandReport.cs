using Fhir;
using Messages;
using OccupationalHealth.Outcomes;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using static Fhir.Parameters;

namespace OccupationalHealth.Simulation;

/// <summary>
/// The demand in FHIR: a MeasureReport with a group for each alternative, in it a stratifier by place, and one by place
/// and each dimension; beside it the faults of lines that were left out.
/// </summary>
internal static class DemandReport
{
    public static readonly string Measure = Canonicals.Base + "/Measure/simulated-demand",
        DimensionSystem = Canonicals.CodeSystem("demand-dimension");

    public static Parameters Of(Simulated result, IReadOnlyList<DemandFigure> figures, DateTimeOffset now)
    {
        var answer = new Parameters();
        answer.Parameter.Add(Part("policy-version", new FhirString(result.Demand.Scenario.PolicyVersion)));
        answer.Parameter.Add(Part("faulty-lines", new Integer((int)result.Faulty)));
        answer.Parameter.Add(new Parameters.ParameterComponent
        {
            Name = "demand", Resource = Report(result.Demand.Scenario, figures, now),
        });
        if (result.Faults.Count > 0)
            answer.Parameter.Add(new Parameters.ParameterComponent
            {
                Name = "faults",
                Resource = OperationOutcome.From(
                    result.Faults.Select(fault => fault with { Severity = IssueSeverity.Warning })),
            });
        return answer;
    }

    private static MeasureReport Report(
        Scenario scenario, IReadOnlyList<DemandFigure> figures, DateTimeOffset now)
    {
        var report = OutcomeMeasureReport.WithoutGroups(Measure, scenario.From, scenario.Until, now);
        foreach (var alternative in figures.GroupBy(figure => figure.Alternative))
            report.Group.Add(Group(scenario, alternative.Key, [.. alternative]));
        return report;
    }

    private static MeasureReport.GroupComponent Group(
        Scenario scenario, int alternative, IReadOnlyList<DemandFigure> figures)
    {
        var (contracts, offers) = scenario.Alternatives[alternative];
        var group = new MeasureReport.GroupComponent
        {
            Code = new CodeableConcept { Text = $"{contracts.Name} × {offers.Name}" },
        };
        group.Population.Add(OutcomeMeasureReport.Masked(new MeasureReport.PopulationComponent
        {
            Code = OutcomeMeasureReport.InitialPopulation, Count = figures[0].Count,
        }));
        foreach (var dimension in figures.Skip(1).GroupBy(figure => figure.Dimension)
            .OrderBy(dimension => dimension.Key.Length > 0))
        {
            var stratifier = new MeasureReport.StratifierComponent
            {
                Code = [new CodeableConcept(DimensionSystem, dimension.Key.Length > 0 ? dimension.Key : "care-place")],
            };
            // Zeros are left out: most values occur in few places.
            stratifier.Stratum.AddRange(dimension.Where(figure => figure.Count != 0).Select(Stratum));
            group.Stratifier.Add(stratifier);
        }

        return group;
    }

    private static MeasureReport.StratifierGroupComponent Stratum(DemandFigure figure)
    {
        var stratum = new MeasureReport.StratifierGroupComponent();
        if (figure.Place is { } place)
            stratum.Component.Add(Component("care-place", Texts.Concept(place)));
        if (figure.Dimension.Length > 0)
            stratum.Component.Add(Component(figure.Dimension, Value(figure)));
        stratum.Population.Add(OutcomeMeasureReport.Masked(new MeasureReport.StratifierGroupPopulationComponent
        {
            Code = OutcomeMeasureReport.InitialPopulation, Count = figure.Count,
        }));
        return stratum;
    }

    private static MeasureReport.ComponentComponent Component(string code, CodeableConcept value) =>
        new() { Code = new CodeableConcept(DimensionSystem, code), Value = value };

    private static CodeableConcept Value(DemandFigure figure) => DemandTexts.NameOf(figure.Value) is { } name
        ? new CodeableConcept { Coding = [Texts.Coding(SystemOf(figure), figure.Value, name)] }
        : new CodeableConcept(SystemOf(figure), figure.Value);

    private static string SystemOf(DemandFigure figure) => figure switch
    {
        { Value: Demand.Unknown or Demand.LeftToUnit } => DimensionSystem,
        { Dimension: Demand.Level } => Terms.CareLevel,
        { Dimension: Demand.Method } => Systems.Method,
        _ => DimensionSystem,
    };
}
