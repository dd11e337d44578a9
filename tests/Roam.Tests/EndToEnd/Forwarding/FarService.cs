using System.Net;
using System.Net.Sockets;

namespace Roam.Tests.EndToEnd;

/// <summary>A service on a loopback port, a thread for each connection.</summary>
internal sealed class FarService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FarService(Action<Socket> serve)
    {
        _listener.Start(1024);
        new Thread(() => Accept(serve)) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>A web server that answers every request with the text, by HTTP/1.0: the end of the connection is the end of the text.</summary>
    public static FarService Web(string text) => new(socket =>
    {
        byte[] request = new byte[4096];
        _ = socket.Receive(request);
        socket.Send(System.Text.Encoding.ASCII.GetBytes("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + text));
        socket.Shutdown(SocketShutdown.Send);
        while (socket.Receive(request) > 0)
        {
        }
    });

    public static FarService Echo() => new(socket =>
    {
        byte[] buffer = new byte[64 * 1024];
        int length;
        while ((length = socket.Receive(buffer)) > 0)
        {
            socket.Send(buffer.AsSpan(0, length));
        }
    });

    public void Dispose() => _listener.Stop();

    private void Accept(Action<Socket> serve)
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.AcceptSocket();
                new Thread(() => Serve(socket, serve), 256 * 1024) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    private static void Serve(Socket socket, Action<Socket> serve)
    {
        using (socket)
        {
            try
            {
                serve(socket);
            }
            catch (SocketException)
            {
                // The other end broke it off.
            }
        }
    }
}
