using System.Collections.Concurrent;
using System.Diagnostics;
using Fhir;
using Messages;
using RabbitMQ.Client;
using TestServers;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.Delivery;

/// <summary>The clients that a county may begin with, as they stand in deploy/region-clients, with a county's rights.</summary>
public sealed class SampleClientTests
{
    [TheoryOnRabbit]
    [InlineData("node", "javascript/region-client.js")]
    [InlineData("/usr/bin/python3", "python/region_client.py")]
    public async Task A_sample_client_keeps_acknowledges_and_accepts_and_comes_back_after_a_kill(string program, string file)
    {
        await using var backend = await TestBackend.Create();
        await AmqpRegion.Clean(backend, "08");
        await using var account = await RegionAccount.Make(backend, "08");
        await using var running = await RunningRegionHandoff.Start(backend, null, account.Settings);
        await running.AddRegion("08", AmqpRegion.Address(backend, "08"));
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "08");
        var folder = Path.Combine(backend.Folder, "received");

        using (var client = new Client(program, file, account.Url, folder))
        {
            await Accepted(running, handoff, journey);
            await running.Send<HandoffCancel>(TestMessages.Cancel(journey), journey);
            await client.Says(Events.HandoffCancel);
            await client.Says(": ok");
        }

        // Killed, it misses nothing; and what comes a second time it knows, and acknowledges again.
        var kept = await File.ReadAllBytesAsync(Path.Combine(folder, $"{handoff.MessageHeader().Id}.json"));
        await using var connection = await TestBackend.Broker(backend.RegionHost("08")).CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", "inbox", kept);
        var (nextJourney, before) = (TestMessages.NewJourney(), running.Received.Responses.Count);
        var next = TestMessages.Handoff(nextJourney, "08");
        using (var client = new Client(program, file, account.Url, folder))
        {
            await Accepted(running, next, nextJourney);
            await client.Says($"{handoff.MessageHeader().Id}: {Events.HandoffRequest} again");
        }

        await RunningRegionHandoff.Until(() => running.Received.Responses.Count == before + 1);
        Assert.Equal(handoff.Id, ((Bundle)Fhir.Json.FhirJson.Read(kept).Resource!).Id);
    }

    private static async Task Accepted(RunningRegionHandoff running, Bundle handoff, string journey)
    {
        await running.Send<HandoffRequest>(handoff, journey);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is { State: "acknowledged" });
        await RunningRegionHandoff.Until(async () => (await running.Handoff(journey))!.Status == TaskStatus.Accepted);
    }

    private sealed class Client : IDisposable
    {
        private readonly Process process;
        private readonly ConcurrentQueue<string> lines = [];

        public Client(string program, string file, string url, string folder)
        {
            process = Commands.Start(
                [program, RegionAccount.Path(["deploy", "region-clients", .. file.Split('/')]), "--accept", "--folder", folder],
                ("AMQP_URL", url));
            process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public async Task Says(string text)
        {
            for (var i = 0; i < 600 && !lines.Any(line => line.Contains(text, StringComparison.Ordinal)); i++)
                await Task.Delay(25);
            Assert.Contains(lines, line => line.Contains(text, StringComparison.Ordinal));
        }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
