using TestServers;

namespace Deploy.Tests;

/// <summary>A service or the gateway, started by itself with settings that cannot be followed.</summary>
public sealed class ServiceProcessTests
{
    [Theory]
    [InlineData("OccupationalHealth")]
    [InlineData("IpsCoaching")]
    [InlineData("RegionHandoff")]
    public async Task A_service_without_servers_does_not_start_and_says_all_that_it_needs(string project)
    {
        var result = await Start(project);

        Assert.Equal(2, result.Code);
        var lines = result.Errors.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains("Bus:Host is empty", lines[0]);
        Assert.Contains("Storage:PostgreSql is empty", lines[1]);
        Assert.Contains("Storage:IndexKeyFile is empty", lines[2]);
        Assert.Contains("deploy/Standalone", lines[0]);
        Assert.Contains("openssl rand -out index.key 32", lines[2]);
    }

    [Theory]
    [InlineData("Gateway", "--Gateway:MaxConnections=0", "--Gateway:ConnectTimeout=00:01:00")]
    [InlineData("Standalone", "--Bus:Port=x", "--Gateway:MaxConnections=0")]
    public async Task Wrong_settings_are_told_on_a_line_each_without_a_stack_trace(string project, params string[] settings)
    {
        var result = await Start(project, settings);

        Assert.Equal(2, result.Code);
        Assert.Contains(settings[0].Split('=')[0][2..], result.Errors);
        Assert.DoesNotContain("   at ", result.Errors);
    }

    private static Task<Shell.Result> Start(string project, params string[] settings) =>
        Shell.Run(["dotnet", Path.Combine(AppContext.BaseDirectory, $"{project}.dll"), .. settings]);
}
