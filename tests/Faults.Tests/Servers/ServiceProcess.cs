namespace Faults.Tests.Servers;

/// <summary>The gateway or an instance of a service as an operator runs it: a process of its own, on a port of its own.</summary>
/// <param name="name">As figures and logs name it.</param>
/// <param name="program">The assembly, of the build that these tests were made with.</param>
/// <param name="readiness">The path that answers 200 when it is ready.</param>
/// <param name="log">The file that gets all that it prints, from all its lives.</param>
/// <param name="arguments">Its settings.</param>
internal sealed class ServiceProcess(
    string name, string program, string readiness, string log, IReadOnlyList<string> arguments) : IVictim, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? process;

    public string Name => name;

    public string Address { get; } = $"http://127.0.0.1:{FreePorts.Take()}";

    /// <summary>How often it ended by itself before it was ready, as services do while their database is away.</summary>
    public int FailedStarts { get; private set; }

    public bool Runs => process is { HasExited: false };

    /// <summary>The process id of its present life.</summary>
    public int Id => process!.Id;

    public Task Kill()
    {
        if (!Runs) return Task.CompletedTask;
        process!.Kill();
        return process.WaitForExitAsync();
    }

    /// <summary>As a supervisor does: what ends before it is ready is started again.</summary>
    public async Task Revive()
    {
        var since = Stopwatch.GetTimestamp();
        Start();
        while (!await IsReady())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"{name} did not become ready.\n{LogTail()}");
            await Task.Delay(BetweenLooks);
            if (Runs) continue;
            FailedStarts++;
            await Task.Delay(BetweenLooks * 10);
            Start();
        }
    }

    /// <summary>Starts it and does not wait.</summary>
    public void Start()
    {
        process?.Dispose();
        // The shell gives its place to the program, which so writes to its file whoever reads along.
        string[] command = ["-c", "exec dotnet \"$@\" >>\"$0\" 2>&1", log, Path.Combine(AppContext.BaseDirectory, program)];
        process = Process.Start("bash", [.. command, "--urls", Address, .. arguments]);
    }

    /// <summary>The last it has printed, without stacks.</summary>
    public string LogTail() => File.Exists(log)
        ? $"--- {name}\n{string.Join('\n', File.ReadLines(log).Where(IsTold).TakeLast(40))}"
        : $"--- {name} printed nothing";

    public void Dispose()
    {
        Kill().Wait();
        process?.Dispose();
        http.Dispose();
    }

    private static bool IsTold(string line) =>
        line.Length > 0 && line.TrimStart() is var text && !text.StartsWith("at ", StringComparison.Ordinal)
        && !text.StartsWith("---", StringComparison.Ordinal);

    private async Task<bool> IsReady()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address + readiness));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
