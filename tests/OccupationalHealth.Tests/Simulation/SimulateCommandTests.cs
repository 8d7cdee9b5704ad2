using System.Diagnostics;
using OccupationalHealth.Simulation;

namespace OccupationalHealth.Tests.Simulation;

/// <summary>The command line as a planner runs it: a process of its own, with files before and after.</summary>
public sealed class SimulateCommandTests(OccupationalHealthApplication app)
    : IClassFixture<OccupationalHealthApplication>, IDisposable
{
    private static readonly string[] Languages = ["en", "fi", "sv"];

    private readonly string folder = Directory.CreateTempSubdirectory("omh-simulate").FullName;

    [Fact]
    public async Task A_thousand_made_cases_become_files_with_the_figures_of_the_service_and_a_fault_is_named()
    {
        var (cases, results) = (Path.Combine(folder, "cases.ndjson"), Path.Combine(folder, "results"));
        Assert.Equal((0, ""), await Run("make-cases", "1000", cases, "7"));
        await File.AppendAllTextAsync(cases, "{\"age\":1}\n");

        var (code, told) = await Run("simulate", cases, results);

        Assert.Equal(0, code);
        Assert.Contains("100 %", told, StringComparison.Ordinal);
        Assert.EndsWith("1000 cases, 1 faulty lines, 4 alternatives", told.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(
            [.. Languages.Select(one => $"demand.{one}.csv"), .. Languages.Select(one => $"demand.{one}.svg"), "faults.txt"],
            Directory.GetFiles(results).Select(Path.GetFileName).OrderBy(name => Path.GetExtension(name))
                .ThenBy(name => name, StringComparer.Ordinal));
        Assert.StartsWith("line[1002].asOf: ", await File.ReadAllTextAsync(Path.Combine(results, "faults.txt")),
            StringComparison.Ordinal);
        var lines = await File.ReadAllTextAsync(cases);
        foreach (var language in Languages)
        {
            Assert.Equal((await app.PostLines(lines, "text/csv", $"?lang={language}")).Text,
                await File.ReadAllTextAsync(Path.Combine(results, $"demand.{language}.csv")));
            Assert.Equal((await app.PostLines(lines, "image/svg+xml", $"?lang={language}")).Text,
                await File.ReadAllTextAsync(Path.Combine(results, $"demand.{language}.svg")));
        }
    }

    [Fact]
    public async Task What_cannot_be_followed_ends_with_2_and_a_faulty_scenario_with_1_and_its_faults()
    {
        var (code, told) = await Run("simulate", Path.Combine(folder, "nothing.ndjson"));
        Assert.Equal(2, code);
        Assert.StartsWith("Usage:", told, StringComparison.Ordinal);

        var faulty = Path.Combine(folder, "faulty.ndjson");
        await File.WriteAllTextAsync(faulty, "{}\n");
        (code, told) = await Run("simulate", faulty, Path.Combine(folder, "none"));
        Assert.Equal(1, code);
        Assert.Contains("line[1].contracts: ", told, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "none")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(int Code, string Told)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(SimulateCommand).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var told = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, told);
    }
}
