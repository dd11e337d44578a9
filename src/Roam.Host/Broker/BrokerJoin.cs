using System.Globalization;
using Roam.Transport;

namespace Roam.Host;

/// <summary>How a new session gets its share of a port: it joins the broker that is there, or starts it.</summary>
internal static class BrokerJoin
{
    /// <summary>A broker that is just ending, or just beginning under another session's hand, is waited for so long.</summary>
    private const long PatienceMillis = 5000;

    /// <summary>After a broker's end its port is free within a moment; if it is not, it is somebody else's.</summary>
    private const long PortPatienceMillis = 1000;

    private const int PauseMillis = 20;

    /// <summary>Null: error says why.</summary>
    public static BrokerPort? TryJoin(string binary, int port, ReadOnlySpan<byte> id, out string error)
    {
        Instant start = SystemClock.Now;
        error = "";
        while (true)
        {
            int connection = BrokerSocket.TryConnect(port);
            if (connection < 0)
            {
                TryStartBroker(binary, port, out error);
                connection = BrokerSocket.TryConnect(port);
            }

            BrokerAnswer answer = BrokerAnswer.IdTaken;
            if (connection >= 0 && TryTalk(connection, port, id, binary, start.PlusMillis(PatienceMillis), out answer) is { } joined)
            {
                return joined;
            }

            if (answer is BrokerAnswer.OtherVersion or BrokerAnswer.Full)
            {
                error = answer == BrokerAnswer.Full
                    ? string.Create(CultureInfo.InvariantCulture, $"{BrokerLoop.SessionsMax} sessions share the port already")
                    : "the sessions that share the port are of another version of roam: end them, or use another port";
                return null;
            }

            long waited = SystemClock.Now.MillisSince(start);
            if (waited >= PatienceMillis || (error.Length > 0 && waited >= PortPatienceMillis))
            {
                error = error.Length > 0 ? error : "the port's broker does not answer";
                return null;
            }

            Thread.Sleep(PauseMillis);
        }
    }

    private static void TryStartBroker(string binary, int port, out string error)
    {
        error = "";
        int listener = BrokerSocket.TryListen(port);
        if (listener < 0)
        {
            // Another session is about to start it.
            return;
        }

        using UdpSocket? socket = ServerEndpoint.TryBindSocket(null, port, port, out error);
        if (socket is not null)
        {
            BrokerHost.TryStart(binary, port, socket, listener, isAgain: false, out _, out error);
        }

        _ = Libc.close(listener);
    }

    private static unsafe BrokerPort? TryTalk(int connection, int port, ReadOnlySpan<byte> id, string binary, Instant until, out BrokerAnswer answer)
    {
        Span<byte> message = [BrokerMessage.Version, .. id];
        Span<byte> reply = stackalloc byte[BrokerMessage.AnswerBytes];
        answer = BrokerAnswer.IdTaken;
        int passed = -1;
        if (BrokerSocket.TrySend(connection, message, []))
        {
            Libc.PollFd slot = new() { Fd = connection, Events = Libc.POLLIN };
            LoopWait.Poll(&slot, 1, until);
            bool isAnswered = slot.Revents != 0 && BrokerSocket.Receive(connection, reply, [], out passed) == BrokerMessage.AnswerBytes;
            answer = isAnswered ? (BrokerAnswer)reply[1] : answer;
        }

        if (answer == BrokerAnswer.Yes && passed >= 0)
        {
            UdpSocket socket = UdpSocket.Adopt(passed, SocketAddress.IsSocketIPv6(passed));
            return new BrokerPort(socket, connection, port, id, binary);
        }

        _ = Libc.close(connection);
        return null;
    }
}
