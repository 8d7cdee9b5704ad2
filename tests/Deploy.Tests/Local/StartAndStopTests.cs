using TestServers;

namespace Deploy.Tests.Local;

[Collection(LocalCollection.Name)]
public sealed class StartAndStopTests
{
    [Fact]
    public async Task Local_sh_starts_everything_once_and_ends_all_of_it()
    {
        await using var system = new LocalSystem(instances: 1);

        var first = await system.Run("start");
        Assert.True(first.Code == 0, first.Output + first.Errors);
        Assert.Contains($"ready at {system.Address}", first.Output);
        var processes = system.Processes();
        Assert.Equal(4, processes.Count);
        Assert.Equal(0, (await system.Run("status")).Code);

        Assert.Equal(0, (await system.Run("start")).Code);
        Assert.Equal(processes, system.Processes());

        Assert.Equal(0, (await system.Run("stop")).Code);
        Assert.Empty(await Left(system.Folder));
        var stopped = await system.Run("status");
        Assert.NotEqual(0, stopped.Code);
        Assert.Equal(6, stopped.Output.Split('\n').Count(line => line.EndsWith("stopped", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("OMH_INSTANCES", "many", "OMH_INSTANCES is 'many': give a number")]
    [InlineData("PATH", "/nowhere", "sudo apt-get install")]
    public async Task What_stands_in_the_way_is_named_with_the_remedy(string name, string value, string told)
    {
        var folder = Directory.CreateTempSubdirectory("omh-local-");
        var command = name == "PATH" ? ToolsWithoutOpenSsl(folder.FullName) : "";

        var result = await Shell.Bash(
            $"{command} deploy/local.sh start {folder.FullName}/data", (name == "PATH" ? "IGNORED" : name, value));

        Assert.NotEqual(0, result.Code);
        Assert.Contains(told, result.Errors);
        folder.Delete(recursive: true);
    }

    // Every program of the box but openssl.
    private static string ToolsWithoutOpenSsl(string folder) =>
        $"mkdir {folder}/bin; ln -s /usr/bin/* {folder}/bin 2>/dev/null; rm {folder}/bin/openssl; PATH={folder}/bin";

    // A process that knows the folder by its arguments or its environment was started by the script.
    private static async Task<string[]> Left(string folder)
    {
        var found = await Shell.Bash($"grep -lsaF '{folder}' /proc/[0-9]*/cmdline /proc/[0-9]*/environ");
        var own = $"/proc/{Environment.ProcessId}/";
        return [.. found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => !file.StartsWith(own, StringComparison.Ordinal) && File.Exists(file))];
    }
}
