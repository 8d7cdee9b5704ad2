using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Deploy.Tests.Manifests;

/// <summary>A request that tells whether a program is well; without a host, the address is the container's own.</summary>
public sealed record Probe(string Path, string Host);

/// <summary>One of the four programs as a manifest runs it.</summary>
/// <param name="Files">What is mounted, by full path; <c>/folder/*</c> where the operator brings what is in it.</param>
public sealed partial record ProgramContainer(
    string Name, string Image, IReadOnlyDictionary<string, string> Settings, IReadOnlySet<string> Files,
    IReadOnlyList<Probe> Probes, IReadOnlyList<string> Ports)
{
    // The kubelet asks a pod by its address.
    private const string PodAddress = "10.0.0.1:8080";

    public static IReadOnlyList<ProgramContainer> In(Manifest manifest) => manifest.Name == Manifest.Compose
        ? [.. manifest.Documents[0]["services"]!.AsObject().Where(service => service.Value!["build"] is not null)
            .Select(service => OfCompose(service.Key, service.Value!))]
        : [.. manifest.OfKind("Deployment").Select(deployment => OfKubernetes(manifest, deployment))];

    public bool Has(string file) => Files.Contains(file) || Files.Contains($"{Path.GetDirectoryName(file)}/*");

    private static ProgramContainer OfCompose(string name, JsonNode service) => new(
        name, service.Text("image"), service.Pairs("environment"),
        service.List("secrets").Select(secret => $"/run/secrets/{secret}").ToHashSet(StringComparer.Ordinal),
        [.. Request().Matches(string.Join(' ', service.List("healthcheck/test")))
            .Select(request => new Probe(request.Groups["path"].Value, request.Groups["host"].Value))],
        [.. service.List("ports").Select(port => port.ToString())]);

    private static ProgramContainer OfKubernetes(Manifest manifest, JsonNode deployment)
    {
        var container = deployment.List("spec/template/spec/containers").Single();
        return new ProgramContainer(
            deployment.Text("metadata/name"), container.Text("image"), SettingsOf(manifest, container),
            FilesOf(manifest, deployment, container).ToHashSet(StringComparer.Ordinal),
            [.. ((string[])["startupProbe", "livenessProbe", "readinessProbe"])
                .Select(probe => container.At($"{probe}/httpGet")).OfType<JsonNode>()
                .Select(get => new Probe(get.Text("path"), get.List("httpHeaders")
                    .Where(header => header.Text("name") == "Host").Select(header => header.Text("value"))
                    .SingleOrDefault(PodAddress)))],
            [.. container.List("ports").Select(port => port.Text("containerPort"))]);
    }

    private static Dictionary<string, string> SettingsOf(Manifest manifest, JsonNode container)
    {
        var settings = container.List("env").ToDictionary(
            setting => setting.Text("name"), setting => setting.Text("value"), StringComparer.Ordinal);
        foreach (var source in container.List("envFrom"))
            foreach (var (name, value) in Find(manifest, "ConfigMap", source.Text("configMapRef/name")).Pairs("data"))
                settings[name] = value;
        return settings;
    }

    private static IEnumerable<string> FilesOf(Manifest manifest, JsonNode deployment, JsonNode container)
    {
        foreach (var mount in container.List("volumeMounts"))
        {
            var volume = deployment.List("spec/template/spec/volumes")
                .Single(volume => volume.Text("name") == mount.Text("name"));
            var folder = mount.Text("mountPath");
            var (kind, name) = volume["secret"] is null
                ? ("ConfigMap", volume.Text("configMap/name"))
                : ("Secret", volume.Text("secret/secretName"));
            if (volume.At("secret/items") is not null)
                foreach (var item in volume.List("secret/items")) yield return $"{folder}/{item.Text("path")}";
            else if (Find(manifest, kind, name) is { } source)
                foreach (var key in source.Pairs("data").Keys) yield return $"{folder}/{key}";
            else if (name.Length > 0)
                yield return $"{folder}/*";
        }
    }

    private static JsonNode? Find(Manifest manifest, string kind, string name) =>
        manifest.OfKind(kind).SingleOrDefault(document => document.Text("metadata/name") == name);

    [GeneratedRegex(@"GET (?<path>\S+) HTTP/1\.0\\r\\nHost: (?<host>[^\\\s]+)\\r", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();
}
