namespace Faults.Tests.Servers;

internal static class Shell
{
    /// <summary>Runs a script of the project; throws with what it said when it fails.</summary>
    public static async Task Run(
        IReadOnlyDictionary<string, string> environment, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(System.Tests.Examples.Root, script), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{script} {string.Join(' ', arguments)}: {string.Join('\n', said)}");
    }
}
