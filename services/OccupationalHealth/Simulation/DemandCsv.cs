using OccupationalHealth.Placement;
using ServiceKit.Tables;

namespace OccupationalHealth.Simulation;

/// <summary>The demand as a table: a row for each figure of each alternative.</summary>
internal static class DemandCsv
{
    public static string Of(Simulated result, IReadOnlyList<DemandFigure> figures, Language language)
    {
        var scenario = result.Demand.Scenario;
        var steps = scenario.RulesOn(scenario.Until).Methods
            .ToDictionary(method => method.Code, method => method.Step, StringComparer.Ordinal);
        return CsvWriter.Write(
            [[.. DemandTexts.Columns.Select(column => column.In(language))], .. figures.Select(Row)], ';');

        object?[] Row(DemandFigure figure)
        {
            var (contracts, offers) = scenario.Alternatives[figure.Alternative];
            return
            [
                contracts.Name, offers.Name, figure.Place?.Code(), DemandTexts.NameOf(figure.Place).In(language),
                figure.Dimension, figure.Value, DemandTexts.NameOf(figure.Value)?.In(language) ?? figure.Value,
                figure.Dimension == Demand.Method ? steps.GetValueOrDefault(figure.Value) : null,
                figure.Count, figure.Count is null ? "x" : "",
            ];
        }
    }
}
