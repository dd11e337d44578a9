using System.Net;
using System.Net.Sockets;

namespace Roam.Lab;

/// <summary>A UDP port on loopback that clients take for the server's.</summary>
internal sealed class RelayNearEnd : ILinkEnd
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
    private readonly SocketAddress _client = new(AddressFamily.InterNetwork);
    private readonly int _serverPort;

    public RelayNearEnd(int serverPort)
    {
        _serverPort = serverPort;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public int Fd => (int)_socket.Handle;

    public int HeaderBytes => RelayFarEnd.UdpHeaderBytes;

    /// <summary>Who sent last is where packets go.</summary>
    public int Read(Span<byte> packet)
    {
        try
        {
            return _socket.Available == 0 ? 0 : _socket.ReceiveFrom(packet, SocketFlags.None, _client);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    public void Write(ReadOnlySpan<byte> packet)
    {
        try
        {
            _ = _socket.SendTo(packet, SocketFlags.None, _client);
        }
        catch (SocketException)
        {
            // The client has ended: nowhere to go.
        }
    }

    public int FarPort(ReadOnlySpan<byte> packet, bool up) => _serverPort;

    public void Dispose() => _socket.Dispose();
}
