using System.Net;
using System.Net.Sockets;

namespace Roam.Lab;

/// <summary>One small datagram after the other, sent back by the far end: what the emulated link adds to the times that are measured over it.</summary>
internal static class LinkProbe
{
    private const int Port = 7;
    private const int Probes = 25;
    private const int AnswerMillisMax = 5000;

    /// <summary>The first ones warm the code up and are not counted.</summary>
    private const int WarmUps = 5;

    public static Distribution Run(string near, string far)
    {
        using Socket answering = NamespaceThread.Run(far, () => Open(s => s.Bind(new IPEndPoint(IPAddress.Any, Port))));
        using Socket asking = NamespaceThread.Run(near, () => Open(s => s.Connect(IPAddress.Parse(NamespacePair.FarAddress), Port)));
        Thread answer = new(() => Answer(answering)) { IsBackground = true, Name = "probe" };
        answer.Start();
        List<double> times = [];
        Span<byte> packet = stackalloc byte[64];
        for (int i = 0; i < WarmUps + Probes; i++)
        {
            long sent = MonotonicClock.Nanos;
            _ = asking.Send(packet);
            _ = asking.Receive(packet);
            if (i >= WarmUps)
            {
                times.Add(MonotonicClock.ToMillis(MonotonicClock.Nanos - sent));
            }
        }

        answer.Join();
        return new Distribution(times);
    }

    private static Socket Open(Action<Socket> prepare)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = AnswerMillisMax };
        prepare(socket);
        return socket;
    }

    private static void Answer(Socket socket)
    {
        PreciseThread.Raise();
        byte[] packet = new byte[64];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        for (int i = 0; i < WarmUps + Probes; i++)
        {
            int length = socket.ReceiveFrom(packet, ref from);
            _ = socket.SendTo(packet.AsSpan(0, length), from);
        }
    }
}
