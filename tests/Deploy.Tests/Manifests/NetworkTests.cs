using System.Text.Json.Nodes;

namespace Deploy.Tests.Manifests;

/// <summary>Who reaches whom in a cluster.</summary>
public sealed class NetworkTests
{
    private const string World = "world", Ingress = "a namespace that is labelled for it";

    [Theory]
    [InlineData("gateway", "occupational-health", 8080, true)]
    [InlineData("gateway", "ips-coaching", 8080, true)]
    [InlineData("gateway", "region-handoff", 8080, true)]
    [InlineData("gateway", "postgresql", 5432, false)]
    [InlineData("gateway", "rabbitmq", 5671, false)]
    [InlineData("gateway", World, 443, false)]
    [InlineData("ips-coaching", "occupational-health", 8080, false)]
    [InlineData("ips-coaching", "gateway", 8080, false)]
    [InlineData("ips-coaching", "postgresql", 5432, true)]
    [InlineData("ips-coaching", "rabbitmq", 5671, true)]
    [InlineData("occupational-health", "postgresql", 5432, true)]
    [InlineData("occupational-health", World, 443, false)]
    [InlineData("occupational-health", World, 5432, false)]
    [InlineData("region-handoff", "rabbitmq", 5671, true)]
    [InlineData("region-handoff", World, 443, true)]
    [InlineData("region-handoff", World, 80, false)]
    [InlineData("postgresql", World, 443, false)]
    [InlineData("rabbitmq", "postgresql", 5432, false)]
    [InlineData(Ingress, "gateway", 8080, true)]
    [InlineData(Ingress, "occupational-health", 8080, false)]
    [InlineData(World, "gateway", 8080, false)]
    [InlineData(World, "postgresql", 5432, false)]
    public async Task Only_what_has_to_reach_does(string from, string to, int port, bool may)
    {
        var manifest = await Manifest.Of(Manifest.Local);

        var sends = IsOutside(from) || Allows(manifest, "Egress", from, to, port);
        var takes = IsOutside(to) || Allows(manifest, "Ingress", to, from, port);

        Assert.Equal(may, sends && takes);
    }

    [Theory]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task Every_selector_selects_and_every_named_port_is_there(string name)
    {
        var manifest = await Manifest.Of(name);
        var labels = manifest.Pods().Select(pod => pod.Pairs("metadata/labels")).ToArray();

        foreach (var service in manifest.OfKind("Service"))
        {
            var pod = Assert.Single(manifest.Pods(), pod => service.Pairs("spec/selector").Match(pod.Pairs("metadata/labels")));
            Assert.Contains(service.List("spec/ports").Single().Text("targetPort"), PortsOf(pod).Keys);
        }

        foreach (var policy in manifest.OfKind("NetworkPolicy"))
            Assert.Contains(labels, policy.Pairs("spec/podSelector/matchLabels").Match);
    }

    [Theory]
    [InlineData(Manifest.Base)]
    [InlineData(Manifest.Local)]
    public async Task The_gateway_looks_for_services_by_their_names(string name)
    {
        var manifest = await Manifest.Of(name);
        var services = manifest.OfKind("Service").Select(service =>
            $"http://{service.Text("metadata/name")}:{service.List("spec/ports").Single().Text("port")}/").ToArray();
        var gateway = ProgramContainer.In(manifest).Single(program => program.Name == "gateway");

        var addresses = gateway.Settings.Where(setting => setting.Key.EndsWith("__Address", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, addresses.Length);
        Assert.All(addresses, address =>
        {
            Assert.Contains(address.Value, services);
            Assert.Contains($"Clusters__{new Uri(address.Value).Host}__", address.Key);
        });
    }

    private static bool IsOutside(string who) => who is World or Ingress;

    // A pod that a policy selects may do what some policy of that direction allows it, and nothing else.
    private static bool Allows(Manifest manifest, string direction, string who, string peer, int port)
    {
        var policies = manifest.OfKind("NetworkPolicy").Where(policy =>
            policy.List("spec/policyTypes").Any(type => type.ToString() == direction)
            && policy.Pairs("spec/podSelector/matchLabels").Match(LabelsOf(manifest, who))).ToArray();
        var (rules, peers) = direction == "Egress" ? ("spec/egress", "to") : ("spec/ingress", "from");
        return policies is [] || policies.SelectMany(policy => policy.List(rules)).Any(rule =>
            (rule[peers] is null || rule.List(peers).Any(selector => Selects(manifest, selector, peer)))
            && rule.List("ports").Any(allowed => Is(manifest, allowed, direction == "Egress" ? peer : who, port)));
    }

    private static bool Selects(Manifest manifest, JsonNode selector, string peer) => peer switch
    {
        World => false,
        Ingress => selector["namespaceSelector"] is not null && selector["podSelector"] is null,
        _ => selector["namespaceSelector"] is null
            && selector.Pairs("podSelector/matchLabels").Match(LabelsOf(manifest, peer)),
    };

    private static bool Is(Manifest manifest, JsonNode allowed, string who, int port) => allowed.Text("port") is var given
        && (given == $"{port}" || (!IsOutside(who) && PortsOf(PodOf(manifest, who)).GetValueOrDefault(given) == $"{port}"));

    private static JsonNode PodOf(Manifest manifest, string name) =>
        manifest.Pods().Single(pod => pod.Pairs("metadata/labels")["app.kubernetes.io/name"] == name);

    private static Dictionary<string, string> LabelsOf(Manifest manifest, string name) =>
        PodOf(manifest, name).Pairs("metadata/labels");

    private static Dictionary<string, string> PortsOf(JsonNode pod) => pod.List("spec/containers").Single().List("ports")
        .ToDictionary(port => port.Text("name"), port => port.Text("containerPort"), StringComparer.Ordinal);
}
