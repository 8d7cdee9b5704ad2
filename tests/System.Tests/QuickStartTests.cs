using TestServers;

namespace System.Tests;

/// <summary>What the README tells a newcomer to type gives what the README shows.</summary>
public sealed class QuickStartTests
{
    [Fact]
    public async Task The_READMEs_commands_give_what_it_shows()
    {
        var folder = Directory.CreateTempSubdirectory("omh-quickstart-");
        using (var box = await RunningProcess.Start(folder.FullName))
        {
            var steps = QuickStart.Steps(box.Client.Address);
            Assert.True(steps.Count >= 2, "The README has lost its first steps.");
            foreach (var step in steps) Assert.Equal(step.Shown, (await Shell.Bash(step.Commands)).Output);
        }

        folder.Delete(recursive: true);
    }
}
