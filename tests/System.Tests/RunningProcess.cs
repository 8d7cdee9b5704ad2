using System.Diagnostics;

namespace System.Tests;

/// <summary>The whole system as an operator runs it: a process of its own, which can be killed.</summary>
internal sealed class RunningProcess : IDisposable
{
    private readonly Process process;

    private RunningProcess(Process process, string address)
    {
        this.process = process;
        Client = new Client(address);
    }

    public Client Client { get; }

    /// <summary>Starts it on a data folder, and returns when it says that it is ready.</summary>
    public static async Task<RunningProcess> Start(string folder, params string[] arguments)
    {
        // The build that these tests were made with, not another one beside it.
        var program = Path.Combine(AppContext.BaseDirectory, "Standalone.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[program, "--urls", "http://127.0.0.1:0", "--data", folder, .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            const string Ready = "is ready at ";
            if (line.IndexOf(Ready, StringComparison.Ordinal) is var at and >= 0)
            {
                // Whatever else it prints must not fill the pipe and stop it.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new RunningProcess(process, line[(at + Ready.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The process ended before it was ready.");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}
