using System.Globalization;
using System.Text;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>The demand as a table: a row for each figure of each alternative.</summary>
internal static class DemandCsv
{
    public static string Of(Simulated result, IReadOnlyList<DemandFigure> figures, Language language)
    {
        var scenario = result.Demand.Scenario;
        var steps = scenario.RulesOn(scenario.Until).Methods
            .ToDictionary(method => method.Code, method => method.Step, StringComparer.Ordinal);
        var text = new StringBuilder();
        text.AppendJoin(';', DemandTexts.Columns.Select(column => column.In(language))).Append("\r\n");
        foreach (var figure in figures)
        {
            var (contracts, offers) = scenario.Alternatives[figure.Alternative];
            text.AppendJoin(';',
            [
                contracts.Name, offers.Name, figure.Place?.Code() ?? "", DemandTexts.NameOf(figure.Place).In(language),
                figure.Dimension, figure.Value, DemandTexts.NameOf(figure.Value)?.In(language) ?? figure.Value,
                figure.Dimension == Demand.Method ? Number(steps.GetValueOrDefault(figure.Value)) : "",
                Number(figure.Count), figure.Count is null ? "x" : "",
            ]).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
