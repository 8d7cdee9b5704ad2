namespace Standalone;

/// <summary>What the command line says.</summary>
/// <param name="Urls">Where the gateway listens; loopback only, since access is open here.</param>
/// <param name="DataFolder">The folder of the databases.</param>
/// <param name="SimulateRegion">Whether the built-in region answers handoffs.</param>
/// <param name="Settings">Everything else, as settings: <c>--Gateway:RequestTimeout=00:00:10</c>.</param>
public sealed record StandaloneOptions(
    string Urls, string DataFolder, bool SimulateRegion, IReadOnlyList<string> Settings)
{
    private const string Usage =
        """
        Usage: dotnet run --project deploy/Standalone -- [options]
          --urls ADDRESS        where to listen; http://localhost:8080 by default, loopback addresses only
          --data FOLDER         where the databases are kept; ./omh-data by default
          --simulate-region     let a built-in region answer handoffs
          --Section:Key=VALUE   any setting of the configuration table in the README
        """;

    /// <summary>False with the reason and the usage when the arguments cannot be followed.</summary>
    public static bool TryParse(string[] args, out StandaloneOptions options, out string problem)
    {
        options = new StandaloneOptions("http://localhost:8080", "omh-data", false, []);
        problem = "";
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--simulate-region":
                    options = options with { SimulateRegion = true };
                    break;
                case "--urls" when i + 1 < args.Length:
                    options = options with { Urls = args[++i] };
                    break;
                case "--data" when i + 1 < args.Length:
                    options = options with { DataFolder = args[++i] };
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal)
                    && setting.Contains('=', StringComparison.Ordinal) && setting.Contains(':', StringComparison.Ordinal):
                    options = options with { Settings = [.. options.Settings, setting] };
                    break;
                default:
                    problem = $"'{args[i]}' is not understood.\n{Usage}";
                    return false;
            }
        }

        if (options.Urls.Split(';').FirstOrDefault(url => !IsLoopback(url)) is { } open)
            problem = $"'{open}' is not a loopback address, and everyone who reaches this box may read all.\n{Usage}";
        return problem.Length == 0;
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback;
}
