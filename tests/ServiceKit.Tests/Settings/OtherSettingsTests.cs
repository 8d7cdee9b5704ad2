using Microsoft.AspNetCore.Builder;
using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace ServiceKit.Tests.Settings;

public sealed class OtherSettingsTests
{
    [Theory]
    [InlineData("Samples:Folder", "/nowhere", "does not exist: give a folder")]
    [InlineData("Telemetry:Endpoint", "collector:4317", "give an address such as http://127.0.0.1:4317")]
    [InlineData("Limits:MostBytes", "0", "must be 1 or more")]
    [InlineData("Limits:MostBytes", "5 MB", "write a number")]
    [InlineData("Limits:Bytes", "5", "is not known")]
    public void A_wrong_setting_stops_the_start_and_is_named(string key, string value, string remedy)
    {
        var fault = Assert.Single(Assert.Throws<SettingsException>(() => Start((key, value))).Faults);

        Assert.StartsWith(key, fault);
        Assert.Contains(remedy, fault);
    }

    [Fact]
    public void The_faults_of_all_sections_are_named_at_once()
    {
        var refusal = Assert.Throws<SettingsException>(() => Start(
            ("Bus:User", "omh"), ("Storage:PostgreSql", "db"), ("Telemetry:Endpoint", "?"), ("Limits:MostBytes", "-1")));

        Assert.Equal(4, refusal.Faults.Count);
        Assert.Equal(4, refusal.Message.Split('\n').Length);
    }

    private static void Start(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.Services.AddFhirService(SampleServices.Store(), builder.Configuration);
        builder.AddServiceHost();
    }
}
