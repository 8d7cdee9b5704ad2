using System.Net;
using System.Net.Sockets;

namespace Faults.Tests.Servers;

/// <summary>
/// Ports that nobody listens on. They lie below those that the kernel gives to connections by itself: a client that tries
/// a port of these while its server is down may meet itself there, and the server could not come back.
/// </summary>
internal static class FreePorts
{
    private const int Lowest = 20_000, Beyond = 32_000;

    private static readonly Lock Gate = new();
    private static int next = Random.Shared.Next(Lowest, Beyond);

    /// <summary>The first of so many free ports in a row; no two calls give the same.</summary>
    public static int Take(int inARow = 1)
    {
        lock (Gate)
        {
            for (var tries = 0; tries < Beyond - Lowest; tries++)
            {
                var first = next + inARow < Beyond ? next : Lowest;
                next = first + inARow;
                if (Enumerable.Range(first, inARow).All(IsFree)) return first;
            }
        }

        throw new InvalidOperationException($"No port from {Lowest} to {Beyond} is free.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
