using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;

namespace OccupationalHealth.Outcomes;

/// <summary>
/// The report in FHIR: a group for each figure, with its count as numerator, its base as denominator and its share as
/// score, and a stratifier for each dimension.
/// </summary>
internal static class OutcomeMeasureReport
{
    public static readonly string Measure = Canonicals.Base + "/Measure/method-outcomes",
        FigureSystem = Canonicals.CodeSystem("outcome-figure"),
        DimensionSystem = Canonicals.CodeSystem("outcome-dimension");

    /// <summary>http://terminology.hl7.org/CodeSystem/measure-population</summary>
    private const string Population = "http://terminology.hl7.org/CodeSystem/measure-population";

    /// <summary>All that are counted.</summary>
    public static CodeableConcept InitialPopulation => new(Population, "initial-population");

    /// <summary>http://hl7.org/fhir/R4/extension-data-absent-reason.html</summary>
    private const string AbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    public static MeasureReport Of(IReadOnlyList<Stratum> strata, DateOnly from, DateOnly to, DateTimeOffset now)
    {
        var report = WithoutGroups(Measure, from, to, now);
        foreach (var figure in Figures.All.Concat(Figures.Means))
            report.Group.Add(Group(figure, strata));
        return report;
    }

    /// <summary>What every report of counted people begins with.</summary>
    public static MeasureReport WithoutGroups(string measure, DateOnly from, DateOnly to, DateTimeOffset now) => new()
    {
        Language = "fi",
        Status = MeasureReportStatus.Complete,
        Type = MeasureReportType.Summary,
        Measure = measure,
        DateElement = new FhirDateTime(now),
        Period = new Period(new FhirDateTime($"{from:yyyy-MM-dd}"), new FhirDateTime($"{to:yyyy-MM-dd}")),
    };

    private static MeasureReport.GroupComponent Group(Figure figure, IReadOnlyList<Stratum> strata)
    {
        var group = new MeasureReport.GroupComponent
        {
            Code = new CodeableConcept { Coding = [Texts.Coding(FigureSystem, figure.Code, figure.Name)] },
            MeasureScore = Score(figure, strata[0]),
        };
        group.Population.AddRange(Counts(figure, strata[0]).Select(one => Masked(
            new MeasureReport.PopulationComponent
            {
                Code = new CodeableConcept(Population, one.Code),
                Count = one.Count,
            })));
        foreach (var dimension in strata.Skip(1).GroupBy(stratum => stratum.Dimension))
        {
            var stratifier = new MeasureReport.StratifierComponent
            {
                Code = [new CodeableConcept(DimensionSystem, dimension.Key)],
            };
            stratifier.Stratum.AddRange(dimension.Select(stratum => Stratum(figure, stratum)));
            group.Stratifier.Add(stratifier);
        }

        return group;
    }

    private static MeasureReport.StratifierGroupComponent Stratum(Figure figure, Stratum stratum)
    {
        var component = new MeasureReport.StratifierGroupComponent
        {
            Value = new CodeableConcept
            {
                Coding = [OutcomeTexts.NameOf(stratum) is { } name
                    ? Texts.Coding(SystemOf(stratum), stratum.Value, name)
                    : new Coding(SystemOf(stratum), stratum.Value)],
            },
            MeasureScore = Score(figure, stratum),
        };
        component.Population.AddRange(Counts(figure, stratum).Select(one => Masked(
            new MeasureReport.StratifierGroupPopulationComponent
            {
                Code = new CodeableConcept(Population, one.Code), Count = one.Count,
            })));
        return component;
    }

    private static string SystemOf(Stratum stratum) => stratum.Dimension switch
    {
        OutcomePolicy.Region => Systems.Region,
        OutcomePolicy.Method => Systems.Method,
        _ => DimensionSystem,
    };

    private static IEnumerable<(string Code, int? Count)> Counts(Figure figure, Stratum stratum)
    {
        if (stratum.Counts.TryGetValue(figure.Code, out var count))
            yield return (figure.Base is null ? "initial-population" : "numerator", count);
        if (figure.Base is { } whole)
            yield return (stratum.Counts.ContainsKey(figure.Code) ? "denominator" : "measure-population",
                stratum.Counts[whole]);
    }

    private static Quantity? Score(Figure figure, Stratum stratum) => figure.Code switch
    {
        Figures.MeanStart => stratum.MeanStart is { } mean ? new Quantity(mean, "{score}") : null,
        Figures.MeanEnd => stratum.MeanEnd is { } mean ? new Quantity(mean, "{score}") : null,
        _ => stratum.ShareOf(figure) is { } share ? new Quantity(share, "%") : null,
    };

    /// <summary>Says that a count is hidden, where it is.</summary>
    public static T Masked<T>(T population) where T : BackboneElement
    {
        if (population is MeasureReport.PopulationComponent { Count: null }
            or MeasureReport.StratifierGroupPopulationComponent { Count: null })
            population.SetExtension(AbsentReason, new Code("masked"));
        return population;
    }
}
