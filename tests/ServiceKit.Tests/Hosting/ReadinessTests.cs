using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;

namespace ServiceKit.Tests.Hosting;

public sealed class ReadinessTests
{
    [Theory]
    [InlineData(true, 200, "ready")]
    [InlineData(false, 503, "not ready: the thing")]
    public async Task Readiness_names_what_is_not_ready(bool isReady, int status, string text)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceHost(_ => { });
        builder.Services.AddSingleton<IServiceProbe>(new Thing(isReady));
        await using var app = builder.Build();
        app.UseServiceHost();
        await app.StartAsync();
        using var client = new HttpClient();
        var answer = await client.GetAsync($"{app.Urls.First()}/health/ready");
        Assert.Equal((status, text), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    private sealed class Thing(bool isReady) : IServiceProbe
    {
        public string Name => "the thing";

        public Task<bool> IsReady(CancellationToken cancel) => Task.FromResult(isReady);
    }
}
