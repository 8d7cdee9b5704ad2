using System.Net;
using System.Text.RegularExpressions;
using Fhir;
using ServiceKit.Settings;
using Standalone;
using TestServers;

namespace System.Tests;

/// <summary>Systems that call with an identity, as the README tells an operator to let them.</summary>
public sealed partial class AccessTests : IDisposable
{
    private const string Start = "dotnet run ";

    private readonly string folder = Directory.CreateTempSubdirectory("omh-access-").FullName;

    [Fact]
    public async Task The_READMEs_recipe_gives_a_system_access_and_nobody_else()
    {
        var blocks = Blocks().Matches(ProjectFolder.Text("README.md"))
            .Select(block => block.Groups["commands"].Value.Replace("omh-data/clients", folder, StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(2, blocks.Length);
        var start = blocks[0].IndexOf(Start, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.Bash(blocks[0][..start])).Code);

        using var box = await RunningProcess.Start(Path.Combine(folder, "data"),
            [.. Settings().Matches(blocks[0]).Select(setting => setting.Groups["setting"].Value)]);
        var calls = await Shell.Bash(blocks[1].Replace("http://localhost:8080", box.Client.Address, StringComparison.Ordinal));

        Assert.Equal("401\n200", calls.Output);
    }

    [Fact]
    public async Task A_system_with_a_token_creates_and_reads_through_everything()
    {
        await Shell.Bash($"deploy/client.sh key {folder} north");
        await using var box = await RunningBox.Start(settings: Registered());
        const string Organizations = $"{Client.OccupationalHealth}/Organization";
        const string Body = """
            {"resourceType": "Organization", "name": "North",
             "identifier": [{"system": "http://example.org/tests/organisations", "value": "north"}]}
            """;
        using var refused = await box.Client.Post(Organizations, Body);

        var token = await Shell.Bash($"deploy/client.sh token {folder}/north.key.pem north-system {box.Client.Address}");
        Assert.True(token.Code == 0, token.Errors);
        box.Client.Show(token.Output);
        using var created = await box.Client.Post(Organizations, Body);
        var stored = await Client.Read<Organization>(created);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("North", (await box.Client.Get<Organization>($"{Organizations}/{stored.Id}")).Name);
    }

    [Fact]
    public async Task An_assertion_gets_one_token_on_whatever_the_gateway_keeps_them()
    {
        await Shell.Bash($"deploy/client.sh key {folder} north");
        await using var box = await RunningBox.Start(settings: Registered());
        var result = await Shell.Bash($"""
            deploy/client.sh assertion {folder}/north.key.pem north-system {box.Client.Address} > {folder}/assertion
            for i in 1 2; do
              curl -s {box.Client.Address}/auth/token -d grant_type=client_credentials -d scope=system/Task.r \
                -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
                --data-urlencode client_assertion@{folder}/assertion | grep -oE '"(scope|error)":"[^"]*"'
            done
            """);

        Assert.Equal("\"scope\":\"system/Task.r\"\n\"error\":\"invalid_client\"", result.Output);
    }

    [Fact]
    public async Task A_played_county_which_has_no_key_is_refused_beside_registered_systems()
    {
        await Shell.Bash($"deploy/client.sh key {folder} north");

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => Box.Start(
            new StandaloneOptions("http://127.0.0.1:0", folder, SimulateRegion: true, Registered())));

        Assert.Contains("--simulate-region", refusal.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string[] Registered() =>
    [
        "--Authorization:Clients:north:ClientId=north-system", "--Authorization:Clients:north:Organisation=oh-north",
        $"--Authorization:Clients:north:JwksFile={folder}/north.jwks.json",
        "--Authorization:Clients:north:Scopes=system/*.cruds",
    ];

    [GeneratedRegex(@"<!-- access -->\s*```bash\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"'(?<setting>--[^']+)'|(?<![\w'])(?<setting>--\w+:\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Settings();
}
