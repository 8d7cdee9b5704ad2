using System.Net;
using ServiceKit.Hosting;
using TestServers;

namespace ServiceKit.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task A_process_that_has_what_it_needs_says_so()
    {
        await using var services = await RunningServices.Start();
        foreach (var address in (string[])["/health/live", "/health/serving", "/health/ready"])
            await RunningServices.Until(async () =>
                (await services.Client.GetAsync(address)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_its_broker_a_process_goes_on_serving_and_names_the_bus_as_not_ready()
    {
        await using var backend = await TestBackend.Create();
        var settings = new Dictionary<string, string>(backend.Settings)
        {
            ["Bus:Host"] = "127.0.0.1", ["Bus:Port"] = "1", ["Bus:User"] = "omh", ["Bus:Password"] = "secret",
        };
        await using var services = await RunningServices.Start(backend, settings: settings);

        Assert.Equal(HttpStatusCode.OK, (await services.Client.GetAsync("/health/serving")).StatusCode);
        using var ready = await services.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("not ready: bus", await ready.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_what_it_needs_to_serve_a_process_says_so_and_lives_on(bool throws)
    {
        await using var services = await RunningServices.Start(probe: new AwayStore(throws));

        foreach (var address in (string[])["/health/serving", "/health/ready"])
        {
            using var answer = await services.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("store", await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(HttpStatusCode.OK, (await services.Client.GetAsync("/health/live")).StatusCode);
    }

    private sealed class AwayStore(bool throws) : IServiceProbe
    {
        public string Name => "store";

        public bool IsNeededToServe => true;

        public Task<bool> IsReady(CancellationToken cancel) =>
            throws ? throw new TimeoutException() : Task.FromResult(false);
    }
}
