using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;

namespace Deploy.Tests.Manifests;

/// <summary>What holds for every pod: watched, limited, closed, and ended with patience.</summary>
public sealed class PodTests
{
    private static readonly string[] Needed =
    [
        "startupProbe", "livenessProbe", "readinessProbe",
        "resources/requests/cpu", "resources/requests/memory", "resources/limits/cpu", "resources/limits/memory",
    ];

    private static readonly (string Path, string Value)[] ClosedContainer =
    [
        ("securityContext/allowPrivilegeEscalation", "false"), ("securityContext/readOnlyRootFilesystem", "true"),
        ("securityContext/capabilities/drop", "[ALL]"),
    ];

    private static readonly (string Path, string Value)[] ClosedPod =
    [
        ("spec/securityContext/runAsNonRoot", "true"), ("spec/securityContext/seccompProfile/type", "RuntimeDefault"),
        ("spec/automountServiceAccountToken", "false"), ("spec/enableServiceLinks", "false"),
    ];

    [Theory]
    [InlineData(Manifest.Base, 4)]
    [InlineData(Manifest.Local, 6)]
    public async Task Every_container_is_watched_limited_and_closed(string name, int pods)
    {
        var manifest = await Manifest.Of(name);

        Assert.Equal(pods, manifest.Pods().Count());
        Assert.Empty(manifest.Pods().SelectMany(pod => Objections(pod, ClosedPod).Concat(
            pod.List("spec/containers").SelectMany(container => Objections(container, ClosedContainer)
                .Concat(Needed.Where(path => container.At(path) is null).Select(path => $"{container["name"]}: no {path}"))))));
    }

    [Theory]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task A_program_has_the_time_that_it_takes_to_end(string name)
    {
        foreach (var pod in (await Manifest.Of(name)).OfKind("Deployment").Select(deployment => deployment.At("spec/template")))
        {
            var pause = Seconds(pod.List("spec/containers").Single(), "lifecycle/preStop/sleep/seconds");
            Assert.True(pause > TimeSpan.Zero);
            Assert.True(Seconds(pod, "spec/terminationGracePeriodSeconds") > pause + new HostOptions().ShutdownTimeout);
        }
    }

    [Theory]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task A_program_runs_twice_apart_and_is_not_evicted_wholly(string name)
    {
        var manifest = await Manifest.Of(name);
        foreach (var deployment in manifest.OfKind("Deployment"))
        {
            var labels = deployment.Pairs("spec/template/metadata/labels");
            Assert.Equal("2", deployment.Text("spec/replicas"));
            Assert.Equal("0", deployment.Text("spec/strategy/rollingUpdate/maxUnavailable"));
            Assert.Single(manifest.OfKind("PodDisruptionBudget"), budget =>
                budget.Pairs("spec/selector/matchLabels").Match(labels) && budget.Text("spec/maxUnavailable") == "1");
            Assert.All(deployment.List("spec/template/spec/topologySpreadConstraints"), spread =>
            {
                Assert.True(spread.Pairs("labelSelector/matchLabels").Match(labels));
                Assert.Contains("app.kubernetes.io/name", spread.List("matchLabelKeys").Select(key => key.ToString()));
            });
        }
    }

    private static IEnumerable<string> Objections(JsonNode node, (string Path, string Value)[] wanted) => wanted
        .Where(want => Plain(node.At(want.Path)) != want.Value)
        .Select(want => $"{node["name"] ?? node.At("metadata/labels")}: "
            + $"{want.Path} is {Plain(node.At(want.Path))}, not {want.Value}");

    private static string Plain(JsonNode? node) =>
        node is JsonArray list ? $"[{string.Join(", ", list)}]" : node?.ToString() ?? "";

    private static TimeSpan Seconds(JsonNode? node, string path) =>
        TimeSpan.FromSeconds(int.Parse(node.Text(path), CultureInfo.InvariantCulture));
}
