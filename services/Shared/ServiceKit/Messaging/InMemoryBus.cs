using System.Threading.Channels;
using Messages;
using Microsoft.Extensions.Hosting;

namespace ServiceKit.Messaging;

/// <summary>
/// Sending and reading where all services run in one process. It keeps nothing: a message is safe when it is durably in
/// its receiver's inbox, and until then it waits in the sender's outbox.
/// </summary>
public sealed class InMemoryBus(IEnumerable<BusQueues> services) : BackgroundService, IBusSender
{
    private readonly Dictionary<string, Line> lines = services.SelectMany(service => service.All)
        .ToDictionary(queue => queue.Queue, queue => new Line(queue), StringComparer.Ordinal);

    // What is in hand at the stop goes on to its end; only the end of the process cuts it off.
    private readonly CancellationTokenSource cut = new();

    public async Task Send(MessageKind kind, OutgoingMessage message, CancellationToken cancel)
    {
        if (!lines.TryGetValue(kind.Queue, out var line))
            throw new InvalidOperationException($"No service of this process reads {kind.Queue}.");
        var letter = new Letter(message.Body);
        await line.Letters.Writer.WriteAsync(letter, cancel);
        await letter.Taken.Task.WaitAsync(cancel);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        cut.CancelAfter(BusQueue.FinishWithin);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        cut.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        lines.Values.SelectMany(line => Enumerable.Range(0, BusQueue.AtOnce).Select(_ => Read(line, stoppingToken))));

    private async Task Read(Line line, CancellationToken stop)
    {
        while (true)
        {
            var letter = await line.Letters.Reader.ReadAsync(stop);
            try
            {
                await line.Queue.Receive(letter.Body, cut.Token);
                letter.Taken.TrySetResult();
            }
            catch (Exception fault)
            {
                // The outbox sends it again.
                letter.Taken.TrySetException(fault);
            }
        }
    }

    private sealed class Line(BusQueue queue)
    {
        public BusQueue Queue => queue;

        public Channel<Letter> Letters { get; } = Channel.CreateBounded<Letter>(BusQueue.AtHand - BusQueue.AtOnce);
    }

    private sealed class Letter(byte[] body)
    {
        public byte[] Body => body;

        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
