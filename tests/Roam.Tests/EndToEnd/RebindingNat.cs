using System.Net;
using System.Net.Sockets;

namespace Roam.Tests.EndToEnd;

/// <summary>A NAT between one client and one server on loopback. It can forget its mapping: then the server sees the client's next datagram come from another port, and nothing that is sent to the old one arrives.</summary>
internal sealed class RebindingNat : IDisposable
{
    private readonly Socket _near = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint _server;
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private Socket _far;
    private volatile bool _stopped;
    private volatile bool _isBlocked;
    private int _arrived;

    public RebindingNat(int serverPort)
    {
        _server = new IPEndPoint(IPAddress.Loopback, serverPort);
        _near.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _far = NewMapping();
        _thread = new Thread(Pump) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_near.LocalEndPoint!).Port;

    /// <summary>As a firewall does: nothing passes, and nobody is told.</summary>
    public bool IsBlocked
    {
        get => _isBlocked;
        set => _isBlocked = value;
    }

    /// <summary>Datagrams that the client sent here, also those that were dropped.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    public void Rebind()
    {
        lock (_gate)
        {
            _far.Dispose();
            _far = NewMapping();
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
        _near.Dispose();
        _far.Dispose();
    }

    private Socket NewMapping()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(_server);
        return socket;
    }

    private void Pump()
    {
        const int WaitMicros = 5000;
        byte[] buffer = new byte[65536];
        EndPoint client = new IPEndPoint(IPAddress.Loopback, 0);
        while (!_stopped)
        {
            try
            {
                if (_near.Poll(WaitMicros, SelectMode.SelectRead))
                {
                    int length = _near.ReceiveFrom(buffer, ref client);
                    Interlocked.Increment(ref _arrived);
                    lock (_gate)
                    {
                        if (_isBlocked)
                        {
                            continue;
                        }

                        _far.Send(buffer, length, SocketFlags.None);
                    }
                }

                lock (_gate)
                {
                    while (_far.Available > 0)
                    {
                        int length = _far.Receive(buffer);
                        if (!_isBlocked)
                        {
                            _near.SendTo(buffer, length, SocketFlags.None, client);
                        }
                    }
                }
            }
            catch (SocketException)
            {
                // A port unreachable: one side has ended.
            }
        }
    }
}
