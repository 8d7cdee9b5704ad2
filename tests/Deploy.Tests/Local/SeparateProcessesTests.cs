using System.Diagnostics;
using System.Net;
using TestServers;

namespace Deploy.Tests.Local;

[Collection(LocalCollection.Name)]
public sealed class SeparateProcessesTests(RunningLocal local)
{
    private readonly LocalSystem system = local.System;

    [Fact]
    public async Task The_READMEs_commands_give_what_it_shows()
    {
        foreach (var step in QuickStart.Steps(system.Address))
            Assert.Equal(step.Shown, (await Shell.Bash(step.Commands)).Output);
    }

    [Fact]
    public async Task With_one_instance_of_each_service_killed_requests_go_on_and_start_brings_it_back()
    {
        using var client = new HttpClient { BaseAddress = new Uri(system.Address) };
        var before = system.Processes();
        foreach (var (_, number) in before.Where(process => process.Key.EndsWith("-1", StringComparison.Ordinal)))
            Process.GetProcessById(number).Kill();

        for (var i = 0; i < 20; i++)
        {
            foreach (var root in (string[])["occupational-health", "ips", "regions"])
            {
                using var answer = await client.GetAsync($"/{root}/fhir/Organization");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        var status = await system.Run("status");
        Assert.NotEqual(0, status.Code);
        Assert.Contains("IpsCoaching-1: stopped", status.Output);
        Assert.Contains("IpsCoaching-2: ready", status.Output);
        Assert.Equal(0, (await system.Run("start")).Code);
        Assert.Equal(0, (await system.Run("status")).Code);
        var same = system.Processes().Intersect(before).Select(process => process.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["Gateway", "IpsCoaching-2", "OccupationalHealth-2", "RegionHandoff-2"], same);
    }

    [Fact]
    public async Task An_instance_with_another_index_key_does_not_start_and_says_why()
    {
        var key = Path.Combine(system.Folder, "other.key");
        await File.WriteAllBytesAsync(key, new byte[32]);

        var result = await Shell.Run([
            "dotnet", Path.Combine(system.Folder, "app/IpsCoaching/IpsCoaching.dll"), "--urls=http://127.0.0.1:0",
            $"--Storage:PostgreSql=Host=127.0.0.1;Port={system.PostgresPort};Database=omh-{{service}};Username=ips-coaching",
            $"--Storage:PostgreSqlPasswordFile={system.Folder}/secrets/ips-coaching.postgres",
            $"--Storage:IndexKeyFile={key}", "--Bus:Host=127.0.0.1", "--Bus:User=ips-coaching", "--Bus:Password=x"]);

        Assert.Equal(2, result.Code);
        Assert.StartsWith("Storage:IndexKeyFile", result.Errors.Split('\n')[^1]);
    }
}
