using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>
/// `roam far --echo`: answers authentic datagrams by ones of the same size, which say from where the question came, and lines "PING x" of standard input by
/// "ROAM PONG x": the two ways side by side. It ends with its input, or after a minute.
/// </summary>
public static unsafe class EchoServer
{
    public const int LifeMillis = 60_000;

    /// <summary>More is not answered: a recorded question that is sent again and again makes no stream of answers.</summary>
    public const int AnswersMax = 4_000;

    /// <summary>A longer line is none of ours, and dropped.</summary>
    private const int LineBytesMax = 128;

    /// <summary>Questions read in one turn, so that the input is looked at in between.</summary>
    private const int BurstMax = 64;

    public static void Run(ServerEndpoint endpoint)
    {
        UdpSocket socket = endpoint.Socket;
        socket.ForbidFragments();
        EchoCodec codec = new(answers: true, endpoint.Key);
        byte[] line = new byte[LineBytesMax];
        int lineLength = 0;
        int answers = 0;
        Instant end = SystemClock.Now.PlusMillis(LifeMillis);
        Libc.PollFd* fds = stackalloc Libc.PollFd[2];
        bool inputEnded = false;
        while (!inputEnded && SystemClock.Now < end)
        {
            fds[0] = new Libc.PollFd { Fd = socket.Fd, Events = Libc.POLLIN };
            fds[1] = new Libc.PollFd { Fd = 0, Events = Libc.POLLIN };
            LoopWait.Poll(fds, 2, end);
            if (fds[0].Revents != 0)
            {
                AnswerDatagrams(socket, codec, ref answers);
            }

            if (fds[1].Revents != 0)
            {
                inputEnded = !AnswerLines(line, ref lineLength);
            }
        }
    }

    private static void AnswerDatagrams(UdpSocket socket, EchoCodec codec, ref int answers)
    {
        byte[] datagram = new byte[SspLimits.ReceiveBytesMax];
        for (int i = 0; i < BurstMax && socket.TryReceive(datagram, out int length, out PeerAddress from, out _); i++)
        {
            if (answers < AnswersMax && codec.TryOpen(datagram.AsSpan(0, length), out uint number, out _))
            {
                answers++;
                string seen = string.Create(CultureInfo.InvariantCulture, $"{SocketAddress.TextOf(from)} {SocketAddress.PortOf(from)}");
                codec.Seal(datagram.AsSpan(0, length), number, seen);
                _ = socket.Send(datagram.AsSpan(0, length), from);
            }
        }
    }

    /// <summary>False: the input has ended.</summary>
    private static bool AnswerLines(byte[] line, ref int length)
    {
        nint n;
        fixed (byte* start = line)
        {
            n = Libc.read(0, start + length, line.Length - length);
        }

        if (n <= 0)
        {
            return n < 0 && Libc.Errno is Libc.EINTR or Libc.EAGAIN;
        }

        length += (int)n;
        int end;
        while ((end = line.AsSpan(0, length).IndexOf((byte)'\n')) >= 0)
        {
            string text = Encoding.UTF8.GetString(line, 0, end);
            if (text.StartsWith("PING ", StringComparison.Ordinal))
            {
                StandardStreams.Out($"ROAM PONG {text["PING ".Length..]}\n");
            }

            line.AsSpan(end + 1, length - end - 1).CopyTo(line);
            length -= end + 1;
        }

        length = length == line.Length ? 0 : length;
        return true;
    }
}
