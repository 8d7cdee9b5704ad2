namespace ServiceKit.Settings;

/// <summary>One section of the settings. Its public properties are the keys, and each has a default.</summary>
public interface ISettings
{
    /// <summary>The section's name: settings are given as <c>Section__Key</c> or <c>--Section:Key=VALUE</c>.</summary>
    static abstract string Section { get; }

    /// <summary>Every objection to the values, each with its key and the remedy.</summary>
    IEnumerable<string> Faults();
}
