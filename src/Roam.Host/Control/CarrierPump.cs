using System.Text;

namespace Roam.Host;

/// <summary>
/// The far end of the ssh transport: bytes from standard input to a session's control socket and back, as they come. The frames in them are the business of both ends; a pipe that
/// does not take more stops the reading of the other one, so nothing is kept but one buffer each way.
/// </summary>
public static unsafe class CarrierPump
{
    private const int BufferBytes = 32 * 1024;
    private const string Question = "carry\n";
    private const int AnswerBytesMax = 256;

    /// <summary>What was under way when the session ended is still given to a reader that takes it in this time.</summary>
    private const int FarewellMillis = 2000;

    /// <summary>Ends when standard input ends or the session does. Returns the exit code.</summary>
    /// <param name="session">The name of its control socket.</param>
    public static int Run(string session) => TryOpen(session, out int fd, out string error) ? Pump(fd) : Fail(error);

    /// <summary>As above, after a line that tells the other end that frames begin.</summary>
    public static int RunAnnounced(string session)
    {
        if (!TryOpen(session, out int fd, out string error))
        {
            return Fail(error);
        }

        StandardStreams.Out("\nROAM CARRY\n");
        return Pump(fd);
    }

    private static int Fail(string error)
    {
        StandardStreams.Error($"roam carry: {error}.\n");
        return 1;
    }

    private static bool TryOpen(string session, out int fd, out string error)
    {
        if (!ControlClient.TryFind(session, out fd, out error))
        {
            return false;
        }

        if (Libc.WriteAll(fd, Encoding.UTF8.GetBytes(Question)) && ReadLine(fd) is { } answer)
        {
            error = answer.StartsWith("error ", StringComparison.Ordinal) ? answer["error ".Length..] : "the session gave a strange answer";
            if (answer == "ok")
            {
                return true;
            }
        }
        else
        {
            error = "the session ended";
        }

        _ = Libc.close(fd);
        return false;
    }

    /// <summary>Byte by byte: what follows the line is not ours.</summary>
    private static string? ReadLine(int fd)
    {
        byte[] line = new byte[AnswerBytesMax];
        for (int length = 0; length < AnswerBytesMax; length++)
        {
            nint n;
            do
            {
                fixed (byte* bytes = line)
                {
                    n = Libc.read(fd, bytes + length, 1);
                }
            }
            while (n < 0 && Libc.Errno == Libc.EINTR);

            if (n <= 0)
            {
                return null;
            }

            if (line[length] == (byte)'\n')
            {
                return Encoding.UTF8.GetString(line, 0, length);
            }
        }

        return null;
    }

    private static int Pump(int fd)
    {
        // An ssh that is gone is seen at the write; the signal would end us with a message of the shell.
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        Libc.SetNonBlocking(fd);
        Libc.SetNonBlocking(0);
        Libc.SetNonBlocking(1);
        Way inward = new(0, fd);
        Way outward = new(fd, 1);
        Libc.PollFd* fds = stackalloc Libc.PollFd[4];
        while (!inward.IsOver && !outward.IsOver)
        {
            fds[0] = inward.Input;
            fds[1] = inward.Output;
            fds[2] = outward.Input;
            fds[3] = outward.Output;
            if (Libc.ppoll(fds, 4, null, null) > 0)
            {
                inward.Turn(isReady: fds[0].Revents != 0 || fds[1].Revents != 0);
                outward.Turn(isReady: fds[2].Revents != 0 || fds[3].Revents != 0);
            }
        }

        if (outward.HasRest && !inward.IsOver)
        {
            fds[0] = outward.Output;
            Libc.TimeSpec limit = Libc.TimeSpec.OfMicros(FarewellMillis * 1000L);
            if (Libc.ppoll(fds, 1, &limit, null) > 0)
            {
                outward.Turn(isReady: true);
            }
        }

        _ = Libc.close(fd);
        return 0;
    }

    /// <summary>One direction.</summary>
    private sealed class Way(int from, int to)
    {
        private readonly byte[] _buffer = new byte[BufferBytes];
        private int _start;
        private int _end;

        public bool HasRest => _start != _end;

        public bool IsOver { get; private set; }

        public Libc.PollFd Input => new() { Fd = HasRest ? -1 : from, Events = Libc.POLLIN };

        public Libc.PollFd Output => new() { Fd = HasRest ? to : -1, Events = Libc.POLLOUT };

        public void Turn(bool isReady)
        {
            if (isReady && !HasRest)
            {
                Read();
            }

            while (isReady && HasRest && TryWrite())
            {
            }
        }

        private void Read()
        {
            nint n;
            fixed (byte* bytes = _buffer)
            {
                n = Libc.read(from, bytes, BufferBytes);
            }

            IsOver |= n == 0 || (n < 0 && Libc.Errno is not (Libc.EAGAIN or Libc.EINTR));
            _start = 0;
            _end = (int)Math.Max(n, 0);
        }

        private bool TryWrite()
        {
            nint n;
            fixed (byte* bytes = _buffer)
            {
                n = Libc.write(to, bytes + _start, _end - _start);
            }

            IsOver |= n < 0 && Libc.Errno is not (Libc.EAGAIN or Libc.EINTR);
            _start += (int)Math.Max(n, 0);
            return n > 0;
        }
    }
}
