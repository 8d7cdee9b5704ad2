using System.Net;
using Deploy.Tests.Local;

namespace Deploy.Tests.Manifests;

/// <summary>What compose and Kubernetes ask the programs, asked of programs that run.</summary>
[Collection(LocalCollection.Name)]
public sealed class ProbeTests(RunningLocal local)
{
    [Theory]
    [InlineData(Manifest.Compose, 1)]
    [InlineData(Manifest.Base, 3)]
    [InlineData(Manifest.Local, 3)]
    public async Task Every_probe_is_answered(string manifest, int probes)
    {
        using var client = new HttpClient();
        List<string> unanswered = [];
        foreach (var program in ProgramContainer.In(await Manifest.Of(manifest)))
        {
            Assert.Equal(probes, program.Probes.Count);
            foreach (var probe in program.Probes)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, local.System.AddressOf(program.Name) + probe.Path);
                request.Headers.Host = probe.Host;
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode != HttpStatusCode.OK) unanswered.Add($"{program.Name} {probe}: {answer.StatusCode}");
            }
        }

        Assert.Empty(unanswered);
    }
}
