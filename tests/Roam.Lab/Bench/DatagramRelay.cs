using System.Net;
using System.Net.Sockets;

namespace Roam.Lab;

/// <summary>Stands between one client and one server on loopback and counts what passes each way.</summary>
internal sealed class DatagramRelay : IDisposable
{
    private readonly Socket _near = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _far = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;
    private volatile bool _stopped;
    private long _up;
    private long _down;

    public DatagramRelay(int serverPort)
    {
        _near.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _far.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _far.Connect(new IPEndPoint(IPAddress.Loopback, serverPort));
        _thread = new Thread(Pump) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_near.LocalEndPoint!).Port;

    public long Datagrams => Interlocked.Read(ref _up) + Interlocked.Read(ref _down);

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
        _near.Dispose();
        _far.Dispose();
    }

    private void Pump()
    {
        byte[] buffer = new byte[65536];
        EndPoint client = new IPEndPoint(IPAddress.Loopback, 0);
        while (!_stopped)
        {
            List<Socket> ready = [_near, _far];
            Socket.Select(ready, null, null, 50_000);
            foreach (Socket socket in ready)
            {
                Forward(socket, buffer, ref client);
            }
        }
    }

    private void Forward(Socket socket, byte[] buffer, ref EndPoint client)
    {
        try
        {
            if (socket == _near)
            {
                int n = _near.ReceiveFrom(buffer, ref client);
                Interlocked.Increment(ref _up);
                _far.Send(buffer, n, SocketFlags.None);
            }
            else
            {
                int n = _far.Receive(buffer);
                Interlocked.Increment(ref _down);
                _near.SendTo(buffer, n, SocketFlags.None, client);
            }
        }
        catch (SocketException)
        {
            // A port unreachable from the peer that ended: nothing to forward any more.
        }
    }
}
