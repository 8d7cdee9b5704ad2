using System.Diagnostics;

namespace TestServers;

/// <summary>Runs programs that tests need.</summary>
public static class Commands
{
    /// <summary>What it printed; throws with that and its errors when it fails.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Added to our own.</param>
    public static async Task<string> Run(
        IReadOnlyList<string> command, params IEnumerable<(string Name, string Value)> environment)
    {
        using var process = Start(command, environment);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {await output}{await errors}");
    }

    /// <summary>Starts it; whoever disposes of it kills it first.</summary>
    public static Process Start(
        IReadOnlyList<string> command, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
