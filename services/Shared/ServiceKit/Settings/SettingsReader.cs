using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ServiceKit.Settings;

/// <summary>Reads a section and says all that is wrong with it: unknown keys, unreadable values, and its own faults.</summary>
public static class SettingsReader
{
    /// <summary>The settings, with defaults for what cannot be read, and the faults.</summary>
    public static (T Settings, IReadOnlyList<string> Faults) Read<T>(IConfiguration configuration)
        where T : ISettings, new()
    {
        var settings = new T();
        List<string> faults = [];
        foreach (var given in configuration.GetSection(T.Section).GetChildren())
        {
            if (given.GetChildren().FirstOrDefault() is { } inner)
                faults.Add(Unknown<T>(inner.Path));
            else if (Keys<T>().FirstOrDefault(key => key.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase))
                is not { } key)
                faults.Add(Unknown<T>(given.Path));
            else if (!TrySet(settings, key, given.Value ?? ""))
                faults.Add($"{given.Path} is '{given.Value}': {Remedy(key.PropertyType)}.");
        }

        return (settings, [.. faults, .. settings.Faults()]);
    }

    /// <summary>The properties that are keys of a section.</summary>
    public static IEnumerable<PropertyInfo> Keys<T>() where T : ISettings => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static string Unknown<T>(string path) where T : ISettings =>
        $"{path} is not known: leave it out, or write one of "
        + $"{string.Join(", ", Keys<T>().Select(key => key.Name).Order(StringComparer.Ordinal))}.";

    private static bool TrySet(object settings, PropertyInfo key, string text)
    {
        try
        {
            var value = TypeDescriptor.GetConverter(key.PropertyType)
                .ConvertFromString(null, CultureInfo.InvariantCulture, text);
            key.SetValue(settings, value);
            return true;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Remedy(Type type) =>
        type == typeof(bool) ? "write true or false"
        : type == typeof(TimeSpan) ? "write a time like 00:00:05"
        : type == typeof(ushort) ? "write a number from 0 to 65535"
        : "write a number";
}
