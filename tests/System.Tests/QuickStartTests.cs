using System.Diagnostics;
using System.Text.RegularExpressions;

namespace System.Tests;

/// <summary>What the README tells a newcomer to type gives what the README shows.</summary>
public sealed partial class QuickStartTests
{
    [Fact]
    public async Task The_READMEs_commands_give_what_it_shows()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Examples.Root, "README.md"));
        var steps = Step().Matches(readme);
        Assert.True(steps.Count >= 2, "The README has lost its first steps.");
        var folder = Directory.CreateTempSubdirectory("omh-quickstart-");
        using (var box = await RunningProcess.Start(folder.FullName))
        {
            foreach (Match step in steps)
            {
                var commands = step.Groups["commands"].Value
                    .Replace("http://localhost:8080", box.Client.Address, StringComparison.Ordinal);
                Assert.Equal(step.Groups["shown"].Value.Trim(), (await Run(commands)).Trim());
            }
        }

        folder.Delete(recursive: true);
    }

    private static async Task<string> Run(string commands)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Examples.Root,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(commands);
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }

    [GeneratedRegex(
        @"<!-- quickstart -->\s*```bash\n(?<commands>.*?)```.*?```text\n(?<shown>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Step();
}
