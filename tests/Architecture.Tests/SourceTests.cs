using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What the sources must not hold.</summary>
public sealed partial class SourceTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void No_hand_written_file_is_longer_than_300_lines()
    {
        var long_ = Sources().Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Count() > 300).Select(Relative);
        Assert.Empty(long_);
    }

    [Fact]
    public void The_canonical_base_stands_in_one_file()
    {
        var holders = Sources()
            .Where(file => !Relative(file).StartsWith("tests", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("fhir.occupational-mental-health.example", StringComparison.Ordinal))
            .Select(Relative);
        Assert.Equal(["services/Shared/Messages/Canonicals.cs"], holders);
    }

    [Fact]
    public void Publishing_goes_through_the_outbox_only()
    {
        var publishers = Sources()
            .Where(file => !Relative(file).StartsWith("tests", StringComparison.Ordinal))
            .Where(file => WayToTheBus().IsMatch(File.ReadAllText(file)))
            .Select(Relative).Order(StringComparer.Ordinal);
        string[] kit = ["BrokerSender", "IBusSender", "InMemoryBus", "OutboxDispatcher"];
        Assert.Equal(
            [
                "services/RegionHandoff/Delivery/RegionConnection.cs", "services/Shared/ServiceKit/Hosting/ServiceHost.cs",
                .. kit.Select(file => $"services/Shared/ServiceKit/Messaging/{file}.cs"),
            ],
            publishers);
    }

    [Fact]
    public void The_top_level_is_what_the_README_says()
    {
        var folders = Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!)
            .Where(name => !name.StartsWith('.') && name is not "omh-data").Order(StringComparer.Ordinal);
        Assert.Equal(["deploy", "gateway", "k8s", "services", "tests"], folders);
    }

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)
            && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OccupationalMentalHealth.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the project.");
        return folder.FullName;
    }

    [GeneratedRegex(@"\b(IBusSender|InMemoryBus|BrokerSender|BasicPublish\w*)\b", RegexOptions.None, 1000)]
    private static partial Regex WayToTheBus();
}
