using ServiceKit.Settings;

namespace ServiceKit.Hosting;

/// <summary>Sample data for newcomers: the section <c>Samples</c>.</summary>
public sealed class SampleOptions : ISettings
{
    public static string Section => "Samples";

    /// <summary>The folder with one collection for each service; empty: none is loaded.</summary>
    public string Folder { get; set; } = "";

    public IEnumerable<string> Faults()
    {
        if (Folder.Length > 0 && !Directory.Exists(Folder))
            yield return $"Samples:Folder names {Folder}, which does not exist: give a folder with <service>.json files, "
                + "or leave it out.";
    }
}
