using ServiceKit.Settings;
using TestServers;

namespace ServiceKit.Tests.Hosting;

public sealed class StoreIdentityTests
{
    [Fact]
    public async Task A_process_with_another_index_key_does_not_start_and_one_with_the_right_key_does()
    {
        await using var backend = await TestBackend.Create();
        var file = Path.Combine(backend.Folder, "index.key");
        await using (await RunningServices.Start(backend)) { }
        var key = await File.ReadAllBytesAsync(file);

        await File.WriteAllBytesAsync(file, [.. key.Reverse()]);
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServices.Start(backend));
        await File.WriteAllBytesAsync(file, key);
        await using (await RunningServices.Start(backend)) { }

        Assert.Contains("Storage:IndexKeyFile", Assert.Single(refusal.Faults));
        Assert.Contains("that its other instances have", refusal.Message);
        Assert.DoesNotContain(Convert.ToHexStringLower(key), refusal.Message);
    }

    [Fact]
    public async Task A_service_does_not_start_on_the_database_of_another()
    {
        await using var backend = await TestBackend.Create();
        await using (await RunningServices.Start(backend)) { }
        var settings = backend.Settings;
        if (TestBackend.OnServers)
        {
            settings = new Dictionary<string, string>(settings)
            {
                ["Storage:PostgreSql"] = settings["Storage:PostgreSql"].Replace("{service}", "region-handoff"),
            };
        }
        else
        {
            foreach (var file in Directory.GetFiles(backend.Folder, "occupational-health.db*")) File.Delete(file);
            foreach (var file in Directory.GetFiles(backend.Folder, "region-handoff.db*"))
                File.Copy(file, file.Replace("region-handoff", "occupational-health"));
        }

        var refusal = await Assert.ThrowsAsync<SettingsException>(
            () => RunningServices.Start(backend, settings: settings));

        Assert.Contains(
            "Storage:PostgreSql leads occupational-health to the database of region-handoff",
            Assert.Single(refusal.Faults));
    }
}
