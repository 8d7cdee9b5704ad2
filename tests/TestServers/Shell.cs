using System.Diagnostics;

namespace TestServers;

/// <summary>Runs commands as an operator types them, in the project's folder.</summary>
public static class Shell
{
    /// <summary>What a command left behind.</summary>
    public sealed record Result(int Code, string Output, string Errors);

    public static Task<Result> Bash(string commands, params IEnumerable<(string Name, string Value)> environment) =>
        Run(["bash", "-c", commands], environment);

    /// <summary>Runs a program with its arguments until it ends.</summary>
    public static async Task<Result> Run(
        IReadOnlyList<string> command, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = ProjectFolder.Root,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, (await output).Trim(), (await errors).Trim());
    }
}
