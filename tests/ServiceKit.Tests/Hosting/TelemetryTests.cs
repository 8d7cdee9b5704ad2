using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_hears_of_requests_and_of_what_the_broker_carries_but_not_what_is_in_it()
    {
        await using var collector = await Collector.Start();
        await using var backend = await TestBackend.Create();
        var settings = new Dictionary<string, string>(backend.Settings) { ["Telemetry:Endpoint"] = collector.Address };
        await using (var services = await RunningServices.Start(backend, settings: settings))
        {
            await services.Post("/sender/fhir/$process-message", SampleServices.Referral("a-journey"));
            await RunningServices.Until(async () => await services.Receiver.Read(session => session.First<long>(
                "select count(*) from inbox where state = 'done'"), CancellationToken.None) == 1);
        }

        // What is left is sent at the stop.
        string[] ofTheBroker = ["RabbitMQ.Client.Publisher", "RabbitMQ.Client.Subscriber"];
        foreach (var source in (string[])["Microsoft.AspNetCore", "http.server.request.duration", "dotnet.gc.collections"])
            Assert.Contains(source, collector.Taken);
        foreach (var source in ofTheBroker)
            Assert.Equal(TestBackend.OnServers, collector.Taken.Contains(source, StringComparison.Ordinal));
        Assert.DoesNotContain("a-journey", collector.Taken);
    }
}
