using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests;

/// <summary>A connection that sends bytes no HTTP library would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawConnection(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<RawConnection> To(RunningGateway gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Port);
        return new RawConnection(client);
    }

    public Task Send(params string[] lines) => SendText(string.Join("\r\n", lines));

    public async Task SendText(string text) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>All that comes until the other side closes; null where it does not close in time.</summary>
    public async Task<string?> ReadToEnd(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (IOException)
        {
            // A reset is a way of closing too; what came before it counts.
        }
        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void Dispose() => _client.Dispose();
}
