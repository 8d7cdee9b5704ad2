using System.Text.RegularExpressions;
using TestServers;

namespace Deploy.Tests.Manifests;

/// <summary>The images of deploy/Dockerfile, and what compose and Kubernetes believe of them.</summary>
public sealed partial class ImageTests
{
    // APP_UID of Microsoft's images.
    private const string App = "1654";

    private static readonly string Dockerfile = ProjectFolder.Text("deploy/Dockerfile");

    [Theory]
    [InlineData(Manifest.Compose, ":${OMH_TAG:-local}")]
    [InlineData(Manifest.Base, "")]
    [InlineData(Manifest.Local, ":local")]
    public async Task Every_program_has_the_image_of_its_name(string manifest, string tag)
    {
        var programs = ProgramContainer.In(await Manifest.Of(manifest));

        Assert.All(programs, program =>
            Assert.Equal($"occupational-mental-health/{program.Name}{tag}", program.Image));
        Assert.Equal(
            Targets().Keys.Order(StringComparer.Ordinal),
            programs.Select(program => program.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Compose_builds_each_from_its_target()
    {
        var services = (await Manifest.Of(Manifest.Compose)).Documents[0]["services"]!.AsObject();
        foreach (var target in Targets().Keys)
        {
            Assert.Equal(target, services[target].Text("build/target"));
            Assert.Equal("deploy/Dockerfile", services[target].Text("build/dockerfile"));
        }
    }

    // Standalone, which is among these tests, has the programs' assemblies beside it.
    [Fact]
    public void Every_target_starts_a_program_that_is_published_into_it()
    {
        Assert.Equal(4, Targets().Count);
        foreach (var (project, program) in Targets().Values)
        {
            Assert.Matches($@"for program in [^;]*\b{project}[ ;]", Dockerfile);
            Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, program)), program);
        }
    }

    [Fact]
    public async Task Programs_listen_where_they_are_looked_for()
    {
        Assert.Contains("EXPOSE 8080\n", Dockerfile);
        Assert.Contains(" ASPNETCORE_URLS=http://+:8080 ", Dockerfile);
        foreach (var name in (string[])[Manifest.Base, Manifest.Local])
            Assert.All(ProgramContainer.In(await Manifest.Of(name)), program => Assert.Equal(["8080"], program.Ports));
    }

    [Fact]
    public async Task Programs_run_as_the_user_of_the_image()
    {
        Assert.Contains("USER $APP_UID\n", Dockerfile);
        foreach (var pod in (await Manifest.Of(Manifest.Base)).Pods())
        {
            Assert.Equal(App, pod.Text("spec/securityContext/runAsUser"));
            Assert.Equal(App, pod.Text("spec/securityContext/fsGroup"));
        }
    }

    [Fact]
    public void Sample_data_is_in_the_images_of_services()
    {
        Assert.Contains("WORKDIR /app\n", Dockerfile);
        Assert.Contains("AS service\nCOPY deploy/Standalone/SampleData SampleData\n", Dockerfile);
        Assert.Contains("\n!deploy/Standalone/SampleData\n", ProjectFolder.Text(".dockerignore"));
    }

    // Target -> the folder that is published into it, and the program that it starts.
    private static Dictionary<string, (string Project, string Program)> Targets() => Target().Matches(Dockerfile).ToDictionary(
        target => target.Groups["name"].Value,
        target => (target.Groups["project"].Value, target.Groups["program"].Value), StringComparer.Ordinal);

    [GeneratedRegex(
        @"AS (?<name>\S+)\nCOPY --from=build /programs/(?<project>\S+) \.\nENTRYPOINT \[""dotnet"", ""(?<program>[^""]+)""\]",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();
}
