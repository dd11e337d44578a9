using System.Net;
using System.Net.Sockets;

namespace Roam.Lab;

/// <summary>Reads from a connection as fast as it comes, and counts.</summary>
internal sealed class BulkReader : IDisposable
{
    private const int ConnectTries = 100;
    private const int ConnectPauseMillis = 100;

    private readonly Socket _socket;
    private long _bytes;

    private BulkReader(Socket socket)
    {
        _socket = socket;
        new Thread(Read) { IsBackground = true, Name = "reader" }.Start();
    }

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>From within that namespace. The listener may still be on its way.</summary>
    public static BulkReader Connect(string namespaceName, string address, int port) => new(NamespaceThread.Run(namespaceName, () =>
    {
        for (int i = 0; ; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Parse(address), port);
                return socket;
            }
            catch (SocketException) when (i < ConnectTries)
            {
                socket.Dispose();
                Thread.Sleep(ConnectPauseMillis);
            }
        }
    }));

    public void Dispose() => _socket.Dispose();

    private void Read()
    {
        byte[] buffer = new byte[256 * 1024];
        try
        {
            for (int length = 1; length > 0;)
            {
                length = _socket.Receive(buffer);
                Volatile.Write(ref _bytes, _bytes + length);
            }
        }
        catch (SocketException)
        {
            // Closed at one of the two ends.
        }
        catch (ObjectDisposedException)
        {
            // At this one.
        }
    }
}
