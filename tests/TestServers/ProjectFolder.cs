namespace TestServers;

/// <summary>The project as it lies in the working tree.</summary>
public static class ProjectFolder
{
    public static string Root { get; } = FindRoot();

    /// <summary>The text of a file, by its path in the project.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the project.");
        return folder.FullName;
    }
}
