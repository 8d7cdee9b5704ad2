using System.Text.RegularExpressions;

namespace TestServers;

/// <summary>What the README tells a newcomer to type, and what it shows for it.</summary>
public static partial class QuickStart
{
    private const string Address = "http://localhost:8080";

    /// <summary>One step: commands to type, with the gateway at another address, and the output that follows them.</summary>
    public sealed record Step(string Commands, string Shown);

    public static IReadOnlyList<Step> Steps(string address) =>
    [
        .. Steps().Matches(ProjectFolder.Text("README.md")).Select(step => new Step(
            step.Groups["commands"].Value.Replace(Address, address, StringComparison.Ordinal),
            step.Groups["shown"].Value.Trim())),
    ];

    [GeneratedRegex(
        @"<!-- quickstart -->\s*```bash\n(?<commands>.*?)```.*?```text\n(?<shown>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Steps();
}
