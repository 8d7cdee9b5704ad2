using System.Text.RegularExpressions;
using Gateway;
using IpsCoaching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OccupationalHealth;
using RegionHandoff;
using ServiceKit.Hosting;
using ServiceKit.Settings;

namespace Deploy.Tests.Manifests;

/// <summary>Asks a program what it has against settings, as it does when it starts.</summary>
internal static partial class ProgramSettings
{
    /// <summary>Every file or folder that settings name, by its path in the container.</summary>
    public static IEnumerable<string> FilesNamed(IReadOnlyDictionary<string, string> settings) =>
        settings.Values.SelectMany(value => FullPath().Matches(value)).Select(path => path.Value).Distinct();

    /// <summary>What the program says, and which settings it does not know.</summary>
    public static IReadOnlyList<string> Faults(string program, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var settings = environment.ToDictionary(
            setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), string? (setting) => setting.Value,
            StringComparer.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        return program == "gateway" ? GatewayFaults(builder, settings.Keys) : ServiceFaults(builder, program, settings.Keys);
    }

    private static IReadOnlyList<string> ServiceFaults(WebApplicationBuilder builder, string program, IEnumerable<string> keys)
    {
        IReadOnlyList<string> faults = [];
        try
        {
            ServiceProcess.AddTo(builder, PartsOf(program));
        }
        catch (SettingsException wrong)
        {
            faults = wrong.Faults;
        }

        string[] sections = [.. builder.Services.Select(service => service.ServiceType)
            .Where(typeof(ISettings).IsAssignableFrom)
            .Select(settings => (string)settings.GetProperty(nameof(ISettings.Section))!.GetValue(null)!)];
        return [.. faults, .. keys.Where(key => !sections.Any(section => key.StartsWith($"{section}:", StringComparison.Ordinal)))
            .Select(key => $"{program} reads no section that {key} stands in.")];
    }

    private static Action<WebApplicationBuilder> PartsOf(string program) => program switch
    {
        "occupational-health" => builder => builder.Services.AddOccupationalHealth(builder.Configuration),
        "ips-coaching" => builder => builder.Services.AddIpsCoaching(builder.Configuration),
        "region-handoff" => builder => builder.Services.AddRegionHandoff(builder.Configuration),
        _ => throw new ArgumentException($"There is no program {program}.", nameof(program)),
    };

    // All that it may be told stands in its own route table, with the defaults.
    private static IReadOnlyList<string> GatewayFaults(WebApplicationBuilder builder, IEnumerable<string> keys)
    {
        var own = new ConfigurationManager();
        RouteTable.AddTo(own);
        string[] unknown = [.. keys.Where(key => own[key] is null).Select(key => $"The gateway knows no {key}.")];
        try
        {
            builder.AddGateway().Build().Services.GetRequiredService<IStartupValidator>().Validate();
            return unknown;
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures, .. unknown];
        }
    }

    [GeneratedRegex(@"(?<![\w/:])/(run|app)/[\w./-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FullPath();
}
