using System.IO.Pipelines;
using Fhir;
using ServiceKit.Rest;

namespace OccupationalHealth.Simulation;

/// <summary>What a simulation came to.</summary>
/// <param name="Cases">Lines that were counted.</param>
/// <param name="Faulty">Lines that were left out.</param>
/// <param name="Faults">Of the first of those.</param>
internal sealed record Simulated(Demand Demand, long Cases, long Faulty, IReadOnlyList<FhirIssue> Faults);

/// <summary>
/// Decides every case of a stream in every alternative and counts where it goes. A faulty case is named and left out; what
/// is held does not grow with their number.
/// </summary>
internal static class RunSimulation
{
    /// <summary>How many faulty lines are told of; all are counted.</summary>
    public const int FaultyLinesTold = 100;

    /// <param name="stored">What is stored, for a scenario that names it; null where nothing is.</param>
    /// <param name="progress">Told of the bytes that have been read, now and then.</param>
    public static async Task<(Simulated? Result, IReadOnlyList<FhirIssue> Faults)> Of(
        PipeReader source, Func<Task<StoredWorld>>? stored, CancellationToken cancel, Action<long>? progress = null)
    {
        var lines = new Lines(source);
        try
        {
            if (await lines.First(cancel) is not { } first)
                return (null, [Refusal.Issue(IssueType.Required, "line[1]", "The first line is the scenario.")]);
            var (scenario, faults) = await ReadScenario.From(first, stored);
            return scenario is null ? (null, faults) : (await Count(lines, scenario, cancel, progress), []);
        }
        catch (LineTooLongException wrong)
        {
            return (null, [Refusal.Issue(
                IssueType.TooLong, $"line[{wrong.Line}]", $"A line has at most {Lines.MostBytes} bytes.")]);
        }
    }

    private static async Task<Simulated> Count(
        Lines lines, Scenario scenario, CancellationToken cancel, Action<long>? progress)
    {
        var (reader, demand) = (new CaseReader(scenario), new Demand(scenario));
        List<FhirIssue> told = [], faults = [];
        long cases = 0, faulty = 0;
        await lines.Rest((line, number) =>
        {
            faults.Clear();
            if (reader.Read(line, number, faults) is { } one)
            {
                cases++;
                for (var i = 0; i < scenario.Alternatives.Count; i++)
                    demand.Add(i, scenario.Decide(i, one));
            }
            else if (++faulty <= FaultyLinesTold)
            {
                told.AddRange(faults);
            }

            if ((number & 0xFFF) == 0) progress?.Invoke(lines.Read);
        }, cancel);
        return new Simulated(demand, cases, faulty, told);
    }
}
