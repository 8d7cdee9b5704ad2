using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests;

/// <summary>A listener whose queue is full: further connections neither succeed nor fail.</summary>
internal sealed class FullListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket[] _queued;

    public FullListener()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1);
        _queued = [.. Enumerable.Range(0, 8).Select(_ => Connecting(_listener.LocalEndPoint!))];
    }

    public string Address => $"http://{_listener.LocalEndPoint}/";

    public void Dispose()
    {
        foreach (var socket in _queued) socket.Dispose();
        _listener.Dispose();
    }

    private static Socket Connecting(EndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(address);
        }
        catch (SocketException)
        {
            // Not connected yet: that is what fills the queue.
        }
        return socket;
    }
}
