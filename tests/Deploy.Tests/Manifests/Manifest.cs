using System.Text.Json;
using System.Text.Json.Nodes;
using TestServers;

namespace Deploy.Tests.Manifests;

/// <summary>What an operator applies, as it is after rendering, and what its schemas say against it.</summary>
public sealed record Manifest(string Name, IReadOnlyList<JsonNode> Documents, IReadOnlyList<string> Faults)
{
    public const string Base = "k8s/base", Local = "k8s/overlays/local", Compose = "deploy/compose.yaml";

    private static readonly Lazy<Task<IReadOnlyDictionary<string, Manifest>>> All = new(ReadAll);

    public static async Task<Manifest> Of(string name) => (await All.Value)[name];

    public IEnumerable<JsonNode> OfKind(params string[] kinds) =>
        Documents.Where(document => kinds.Contains(document.Text("kind"), StringComparer.Ordinal));

    /// <summary>The templates of all pods.</summary>
    public IEnumerable<JsonNode> Pods() => OfKind("Deployment", "StatefulSet").Select(owner => owner.At("spec/template")!);

    // In a copy, with secrets of its own: an installation's must stay as they are.
    private static async Task<IReadOnlyDictionary<string, Manifest>> ReadAll()
    {
        var folder = Directory.CreateTempSubdirectory("omh-manifests-").FullName;
        var manifests = new Dictionary<string, Manifest>(StringComparer.Ordinal);
        await Run($"tar -c --exclude=k8s/overlays/local/secrets k8s deploy/*.sh deploy/rabbitmq.conf | tar -x -C {folder}");
        await Run($"{folder}/{Local}/secrets.sh");
        foreach (var name in (string[])[Base, Local])
        {
            manifests[name] = Read(name, await Run(
                $"PATH=$PATH:tests/manifests/node_modules/.bin; kubectl kustomize {folder}/{name} "
                + "| node tests/manifests/read.mjs"));
        }

        manifests[Compose] = Read(Compose, await Run($"node tests/manifests/read.mjs < {Compose}"));
        Directory.Delete(folder, recursive: true);
        return manifests;
    }

    private static async Task<string> Run(string commands)
    {
        var result = await Shell.Bash($"set -euo pipefail; {commands}");
        return result.Code == 0
            ? result.Output
            : throw new InvalidOperationException($"{result.Errors}\n'tests/servers.sh install' installs what this needs.");
    }

    private static Manifest Read(string name, string json)
    {
        var read = JsonNode.Parse(json)!;
        return new Manifest(name, [.. read["documents"]!.AsArray().Select(document => document!)],
            read["faults"].Deserialize<string[]>()!);
    }
}

internal static class Nodes
{
    /// <summary>What stands at a path like <c>spec/template</c>, if anything does.</summary>
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('/').Aggregate(node, (inner, name) => inner is JsonObject fields ? fields[name] : null);

    /// <summary>The text, number or truth value at a path, as text; empty: there is none.</summary>
    public static string Text(this JsonNode? node, string path) => node.At(path)?.ToString() ?? "";

    /// <summary>The list at a path, empty where there is none.</summary>
    public static IEnumerable<JsonNode> List(this JsonNode? node, string path) =>
        (node.At(path)?.AsArray() ?? []).Select(item => item!);

    /// <summary>The pairs at a path, as texts; none where there is nothing.</summary>
    public static Dictionary<string, string> Pairs(this JsonNode? node, string path) =>
        (node.At(path)?.AsObject() ?? []).ToDictionary(
            pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal);

    /// <summary>Whether labels are among others.</summary>
    public static bool Match(this Dictionary<string, string> selector, Dictionary<string, string> labels) =>
        selector.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value);
}
