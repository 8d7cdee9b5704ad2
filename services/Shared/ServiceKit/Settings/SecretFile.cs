namespace ServiceKit.Settings;

/// <summary>A secret that stands in a file of its own, as Docker and Kubernetes mount them.</summary>
public static class SecretFile
{
    /// <summary>The text without the line end that editors leave.</summary>
    public static string Read(string path) => File.ReadAllText(path).TrimEnd('\r', '\n');

    /// <summary>What keeps a file from being read, with the key that names it; null when nothing does.</summary>
    public static string? Fault(string key, string path)
    {
        try
        {
            return Read(path).Length > 0 ? null : $"{key} names {path}, which is empty: write the secret into it.";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"{key} names {path}, which cannot be read ({unreadable.GetType().Name}): "
                + "give the path of a file that this process may read.";
        }
    }

    /// <summary>What is wrong with a secret that is given either itself or by a file.</summary>
    public static IEnumerable<string> Faults(string key, string value, string fileKey, string path)
    {
        if (path.Length > 0 && Fault(fileKey, path) is { } fault) yield return fault;
        if (path.Length > 0 && value.Length > 0) yield return $"{key} and {fileKey} are both given: leave one out.";
    }
}
