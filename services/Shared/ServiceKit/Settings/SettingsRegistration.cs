using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceKit.Settings;

/// <summary>What is wrong with one section, kept until all sections are read.</summary>
public sealed record SettingsFaults(IReadOnlyList<string> All);

/// <summary>The settings cannot be followed. The message holds every fault, each on a line of its own.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>Each with its key and the remedy.</summary>
    public IReadOnlyList<string> Faults => faults;
}

/// <summary>Settings as services: read when they are registered, refused together before anything starts.</summary>
public static class SettingsRegistration
{
    /// <summary>Reads a section, once however often it is asked for, and registers it.</summary>
    public static T AddSettings<T>(this IServiceCollection services, IConfiguration configuration)
        where T : class, ISettings, new()
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(T)) is { } known)
            return (T)known.ImplementationInstance!;
        var (settings, faults) = SettingsReader.Read<T>(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(new SettingsFaults(faults));
        return settings;
    }

    /// <summary>Throws when any section that was read has a fault.</summary>
    /// <exception cref="SettingsException">With the faults of all sections.</exception>
    public static void CheckSettings(this IServiceCollection services)
    {
        string[] faults = [.. services.Select(service => service.ServiceType == typeof(SettingsFaults)
            ? ((SettingsFaults)service.ImplementationInstance!).All : []).SelectMany(section => section)];
        if (faults is not []) throw new SettingsException(faults);
    }
}
