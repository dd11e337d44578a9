using System.Net;
using System.Net.Sockets;

namespace Roam.Lab;

/// <summary>A server in the far namespace that writes without end into every connection.</summary>
internal sealed class BulkSource : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Socket _listener;

    private BulkSource(Socket listener)
    {
        _listener = listener;
        new Thread(Accept) { IsBackground = true, Name = "source" }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static BulkSource Start(Testbed bed) => new(NamespaceThread.Run(bed.EnterFar[^1], () =>
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        listener.Listen();
        return listener;
    }));

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        while (true)
        {
            try
            {
                Socket socket = _listener.Accept();
                new Thread(() => Write(socket)) { IsBackground = true, Name = "bulk" }.Start();
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static void Write(Socket socket)
    {
        using (socket)
        {
            // What does not compress, should anybody try.
            byte[] chunk = new byte[ChunkBytes];
            SeededRandom random = new(1);
            for (int i = 0; i < chunk.Length; i++)
            {
                chunk[i] = (byte)(random.NextDouble() * 256);
            }

            try
            {
                while (socket.Send(chunk) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // The reader has gone.
            }
        }
    }
}
