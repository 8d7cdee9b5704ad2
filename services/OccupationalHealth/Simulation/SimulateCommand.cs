using System.Globalization;
using System.IO.Pipelines;
using OccupationalHealth.Outcomes;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>The simulation on the command line: a file of any length, tables and pictures as files beside it.</summary>
public static class SimulateCommand
{
    private const string Usage =
        """
        Usage: dotnet run -c Release --project services/OccupationalHealth -- COMMAND
          simulate CASES.ndjson [FOLDER]       counts where care goes: demand.csv, demand.svg and faults.txt in FOLDER
                                               (fi, sv or en behind the name of the file); . by default
          make-cases NUMBER FILE [SEED]        a scenario with so many invented cases, to try it out
        """;

    /// <summary>Whether the command line asks for it, rather than for the service.</summary>
    public static bool IsAskedBy(string[] args) => args is ["simulate" or "make-cases", ..];

    /// <summary>Returns 0, or 2 where it cannot be followed, 1 where the scenario is faulty.</summary>
    public static async Task<int> Run(string[] args, TextWriter told, TimeProvider time)
    {
        switch (args)
        {
            case ["simulate", var cases, .. var folder] when folder.Length < 2 && File.Exists(cases):
                return await Simulate(cases, folder is [var named] ? named : ".", told, time);
            case ["make-cases", var number, var file, .. var seed] when seed.Length < 2
                && TryNumber(number, out var count) && TryNumber(seed is [var given] ? given : "1", out var start):
                await using (var written = File.Create(file))
                    await MakeCases.Write(written, count, start);
                return 0;
            default:
                await told.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task<int> Simulate(string cases, string folder, TextWriter told, TimeProvider time)
    {
        await using var file = File.OpenRead(cases);
        var bar = new ProgressBar(told, file.Length);
        var (result, faults) = await RunSimulation.Of(
            PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 65_536)), stored: null,
            CancellationToken.None, bar.Show);
        bar.Show(file.Length);
        foreach (var fault in faults)
            await told.WriteLineAsync($"{fault.Expression}: {fault.Message}");
        if (result is null)
            return 1;

        Directory.CreateDirectory(folder);
        var smallest = OutcomeRules.InForceOn(Messages.FinnishTime.DateOf(time.GetUtcNow())).SmallestGroup;
        var figures = DemandTable.Of(result.Demand, smallest);
        foreach (var language in Enum.GetValues<Language>())
        {
            var ending = language.Code();
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"demand.{ending}.csv"), DemandCsv.Of(result, figures, language));
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"demand.{ending}.svg"), DemandChart.Of(result, figures, smallest, language));
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, "faults.txt"),
            [.. result.Faults.Select(fault => $"{fault.Expression}: {fault.Message}")]);
        await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.Cases} cases, {result.Faulty} faulty lines, {result.Demand.Scenario.Alternatives.Count} alternatives"));
        return 0;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>How far a file has been read, on one line that is written again.</summary>
    private sealed class ProgressBar(TextWriter told, long all)
    {
        private const int Width = 40;
        private int shown = -1;

        public void Show(long read)
        {
            var percent = all == 0 ? 100 : (int)(read * 100 / all);
            if (percent == shown) return;
            shown = percent;
            var done = percent * Width / 100;
            told.Write($"\r[{new string('#', done)}{new string('.', Width - done)}] {percent,3} %");
            if (percent == 100) told.WriteLine();
        }
    }
}
