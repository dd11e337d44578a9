using System.Net;
using System.Net.Sockets;

namespace Roam.Lab;

/// <summary>The UDP socket on loopback that the server takes for its client.</summary>
internal sealed class RelayFarEnd : ILinkEnd
{
    /// <summary>IPv4 and UDP headers, which a socket does not show.</summary>
    public const int UdpHeaderBytes = 28;

    private readonly int _serverPort;
    private volatile Socket _socket;

    public RelayFarEnd(int serverPort)
    {
        _serverPort = serverPort;
        _socket = Open();
    }

    public int Fd => (int)_socket.Handle;

    public int HeaderBytes => UdpHeaderBytes;

    /// <summary>From now on packets come from another port. The old socket stays open until the end, so that packets to it vanish without an error.</summary>
    public void Move() => _socket = Open();

    public int Read(Span<byte> packet)
    {
        try
        {
            return _socket.Available == 0 ? 0 : _socket.Receive(packet, SocketFlags.None);
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
            _ = _socket.Send(packet, SocketFlags.None);
        }
        catch (SocketException)
        {
            // The server has ended: nowhere to go.
        }
    }

    public int FarPort(ReadOnlySpan<byte> packet, bool up) => _serverPort;

    public void Dispose() => _socket.Dispose();

    private Socket Open()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, _serverPort));
        return socket;
    }
}
