using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using TestServers;

namespace ServiceKit.Tests.Messaging;

/// <summary>The bus of a process with one queue, and what the test wants done with the messages in it.</summary>
internal sealed class RunningBus : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestBackend backend;

    private RunningBus(WebApplication app, TestBackend backend) => (this.app, this.backend) = (app, backend);

    /// <summary>The kind of message that is in the queue.</summary>
    public static MessageKind Kind { get; } = MessageCatalogue.Of<HandoffRequest>();

    public TestBackend Backend => backend;

    public static async Task<RunningBus> Start(Func<byte[], CancellationToken, Task> receive)
    {
        var backend = await TestBackend.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (key, value) in backend.Settings) builder.Configuration[key] = value;
        builder.Services.AddSingleton(new BusQueues([new BusQueue(Kind, Kind.Queue, receive)]));
        builder.AddServiceHost();
        var app = builder.Build();
        app.UseServiceHost();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await RunningServices.Until(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
        return new RunningBus(app, backend);
    }

    /// <summary>Sends a message; what does not come to an end in half a minute is an error of its own kind.</summary>
    public Task Send(MessageKind kind, string body = "{}") => app.Services.GetRequiredService<IBusSender>()
        .Send(kind, new OutgoingMessage(body, kind.Name, System.Text.Encoding.UTF8.GetBytes(body)), CancellationToken.None)
        .WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Stops the process in an orderly way; fails when that takes longer than its messages may.</summary>
    public Task Stop() => app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await backend.DisposeAsync();
    }
}
