using System.Reflection;
using System.Text.RegularExpressions;
using Gateway;
using Gateway.Authorization;
using OccupationalHealth;
using RegionHandoff;
using ServiceKit.Hosting;
using ServiceKit.Settings;
using TestServers;

namespace Deploy.Tests;

public sealed partial class SettingsTableTests
{
    [Fact]
    public void The_READMEs_table_has_every_setting_and_no_other()
    {
        var known = Services().Concat(Keys(GatewayOptions.Section, typeof(GatewayOptions)))
            .Concat(Keys(AccessOptions.Section, typeof(AccessOptions))).Order(StringComparer.Ordinal);

        var told = Told().Where(key => !OfAspNetCore().IsMatch(key)).Order(StringComparer.Ordinal);

        Assert.Equal(known, told);
    }

    private static IEnumerable<string> Services() =>
        new[] { typeof(StorageOptions), typeof(RegionHandoffModule), typeof(OccupationalHealthModule) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.IsClass && typeof(ISettings).IsAssignableFrom(type))
            .SelectMany(type => Keys((string)type.GetProperty(nameof(ISettings.Section))!.GetValue(null)!, type));

    private static IEnumerable<string> Keys(string section, Type settings) => settings
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(key => key.CanWrite)
        .SelectMany(key => key.PropertyType.DeclaringType == settings
            ? Keys($"{section}:{key.Name}", key.PropertyType)
            : key.PropertyType.GenericTypeArguments is [_, var named] && named.DeclaringType == settings
                ? Keys($"{section}:{key.Name}:NAME", named)
                : [$"{section}:{key.Name}"]);

    // `Bus:Host`, `:Port` stands for two keys of one section.
    private static IEnumerable<string> Told()
    {
        var section = "";
        foreach (var row in Rows().Matches(ProjectFolder.Text("README.md")).Select(row => row.Groups["keys"].Value))
        {
            foreach (var key in row.Split(", ").Select(key => key.Trim('`')))
            {
                if (key.StartsWith(':')) yield return section + key;
                else yield return key;
                if (!key.StartsWith(':') && key.Contains(':')) section = key[..key.LastIndexOf(':')];
            }
        }
    }

    [GeneratedRegex(@"^\| (?<keys>`[A-Z][A-Za-z]+:[^|]*`) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();

    [GeneratedRegex("^(ReverseProxy|Logging):", RegexOptions.None, 1000)]
    private static partial Regex OfAspNetCore();
}
