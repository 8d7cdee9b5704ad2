using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using OccupationalHealth.Simulation;

namespace Benchmarks;

/// <summary>
/// A simulation beside merely parsing the same lines, in turn and on one thread, and what it holds with ten times as many
/// cases.
/// </summary>
internal static class SimulationBenchmarks
{
    private const int Few = 100_000;

    public static async Task<int> Run(int many)
    {
        var folder = Directory.CreateTempSubdirectory("omh-simulate-");
        try
        {
            var (few, all) = (Path.Combine(folder.FullName, "few"), Path.Combine(folder.FullName, "all"));
            foreach (var (file, count) in new[] { (few, Few), (all, many) })
                await SimulateCommand.Run(
                    ["make-cases", count.ToString(CultureInfo.InvariantCulture), file], TextWriter.Null, TimeProvider.System);
            await Speed(few);
            foreach (var (file, count) in new[] { (few, Few), (all, many) })
                await Memory(file, count);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Speed(string file)
    {
        var four = await File.ReadAllBytesAsync(file);
        Show("four alternatives", four);
        // The same cases under the first contracts and the first catalogue only.
        var end = Array.IndexOf(four, (byte)'\n');
        using var scenario = JsonDocument.Parse(four.AsMemory(0, end));
        Show("one alternative", [.. JsonSerializer.SerializeToUtf8Bytes(new
        {
            from = scenario.RootElement.GetProperty("from"), until = scenario.RootElement.GetProperty("until"),
            contracts = First(scenario.RootElement.GetProperty("contracts")),
            catalogues = First(scenario.RootElement.GetProperty("catalogues")),
        }), .. four[end..]]);
    }

    private static Dictionary<string, JsonElement> First(JsonElement named) =>
        named.EnumerateObject().Take(1).ToDictionary(one => one.Name, one => one.Value);

    private static void Show(string title, byte[] bytes)
    {
        Console.WriteLine(Invariant($"{title}, {Few:N0} cases, {bytes.Length / 1e6:0} MB"));
        foreach (var one in Ratios.Of(rounds: 7, runs: 1,
            ("JsonDocument.Parse of each line", () => Each(bytes, line => JsonDocument.Parse(line).Dispose())),
            ("Utf8JsonReader over each line", () => Each(bytes, Pass)),
            ("simulate", () => Simulate(bytes))))
            Console.WriteLine(Invariant(
                $"  {one.Name,-34}{one.Microseconds / Few,7:0.00} µs a case{one.Ratio,7:0.00} x{one.AllocatedBytes / Few,9:0} bytes allocated"));
    }

    private static void Each(byte[] bytes, Action<ReadOnlyMemory<byte>> parse)
    {
        var source = PipeReader.Create(new ReadOnlySequence<byte>(bytes));
        var buffer = source.ReadAsync().AsTask().GetAwaiter().GetResult().Buffer;
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            parse(buffer.Slice(0, end).First);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }
    }

    private static void Pass(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        while (reader.Read())
        {
        }
    }

    private static void Simulate(byte[] bytes)
    {
        var (result, _) = RunSimulation.Of(
            PipeReader.Create(new ReadOnlySequence<byte>(bytes)), null, CancellationToken.None).GetAwaiter().GetResult();
        if (result is not { Cases: Few, Faulty: 0 }) throw new InvalidOperationException("Not every case was counted.");
    }

    // In a process of its own, whose peak is its own.
    private static async Task Memory(string file, int count)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(SimulateCommand).Assembly.Location, "simulate", file, file + "-out"])
        {
            RedirectStandardError = true,
        })!;
        var told = process.StandardError.ReadToEndAsync();
        long peak = 0;
        var since = Stopwatch.GetTimestamp();
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, PeakOf(process.Id));
        var took = Stopwatch.GetElapsedTime(since);
        if (process.ExitCode != 0) throw new InvalidOperationException(await told);
        Console.WriteLine(Invariant(
            $"{count:N0} cases from a file, four alternatives: peak {peak / 1e6:0} MB, {took.TotalSeconds:0.0} s by the clock"));
    }

    // It may end meanwhile. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(
                line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line[6..^2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
