using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Roam.Tests.EndToEnd;

/// <summary>A stranger without the key: 10,000 datagrams a second to one port, of every length, some made to look alike.</summary>
internal sealed class GarbageSender : IDisposable
{
    private const int PerSecond = 10_000;
    private const int LengthMax = 1400;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;
    private readonly AutoResetEvent _progress = new(false);
    private long _sent;
    private volatile bool _stop;

    public GarbageSender(int port)
    {
        // Not connected: what the port answers, if anything, is of no interest.
        EndPoint target = new IPEndPoint(IPAddress.Loopback, port);
        _thread = new Thread(() => Loop(target)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Waits until so many more were sent.</summary>
    public void WaitForMore(int count)
    {
        long goal = Interlocked.Read(ref _sent) + count;
        while (Interlocked.Read(ref _sent) < goal)
        {
            Assert.True(_progress.WaitOne(Programs.Patience), "the sender has stopped");
        }
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        _socket.Dispose();
        _progress.Dispose();
    }

    private void Loop(EndPoint target)
    {
        Random random = new(42);
        byte[] datagram = new byte[LengthMax];
        long start = Stopwatch.GetTimestamp();
        while (!_stop)
        {
            long due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * PerSecond);
            while (Interlocked.Read(ref _sent) < due && !_stop)
            {
                random.NextBytes(datagram);
                if (random.Next(2) == 0)
                {
                    datagram.AsSpan(0, 7).Clear(); // A small number in the client's direction: the server must try to open it.
                }

                _socket.SendTo(datagram, random.Next(LengthMax), SocketFlags.None, target);
                Interlocked.Increment(ref _sent);
            }

            _progress.Set();
            Processes.WaitReadable(-1, 5);
        }
    }
}
