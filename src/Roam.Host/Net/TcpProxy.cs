using Roam.Transport;

namespace Roam.Host;

/// <summary>The ssh ProxyCommand of the wrapper: one TCP connection, standard input and output relayed to it.</summary>
public static unsafe class TcpProxy
{
    private const int BufferBytes = 64 * 1024;
    private const int Failure = 1;

    /// <summary>Connects to the first address that answers, prints "MOSH IP address" on standard error, relays until both sides have ended. Returns the exit code.</summary>
    public static int Run(string host, string port, FamilyPreference family)
    {
        if (!int.TryParse(port, out int number) || number is < 1 or > 65535)
        {
            StandardStreams.Error("mosh: bad port " + port + "\n");
            return Failure;
        }

        if (!NameResolver.TryResolve(host, number, family, out List<PeerAddress> addresses, out string error))
        {
            StandardStreams.Error("mosh: " + host + ": " + error + "\n");
            return Failure;
        }

        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        foreach (PeerAddress address in addresses)
        {
            int fd = TryConnect(address, out error);
            if (fd >= 0)
            {
                StandardStreams.Error(Announce(address, addresses));
                Relay(fd);
                _ = Libc.close(fd);
                return 0;
            }
        }

        StandardStreams.Error("mosh: cannot connect to " + host + " port " + port + ": " + error + "\n");
        return Failure;
    }

    /// <summary>The address that is used, and the host's others for a client that can use them: in one piece, so that nothing comes between.</summary>
    private static string Announce(PeerAddress used, List<PeerAddress> all)
    {
        string[] more = [.. all.Where(address => address != used).Take(PeerCandidates.CountMax - 1).Select(address => SocketAddress.TextOf(address))];
        string text = "MOSH IP " + SocketAddress.TextOf(used) + "\n";
        return more.Length == 0 ? text : text + "MOSH MORE " + string.Join(' ', more) + "\n";
    }

    private static int TryConnect(in PeerAddress address, out string error)
    {
        int fd = Libc.socket(address.IsIPv6 ? Libc.AF_INET6 : Libc.AF_INET, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            return -1;
        }

        byte* sockaddr = stackalloc byte[SocketAddress.BytesMax];
        address.CopyTo(new Span<byte>(sockaddr, SocketAddress.BytesMax));
        if (Libc.connect(fd, sockaddr, (uint)address.Length) != 0)
        {
            error = Libc.ErrorText(Libc.Errno);
            _ = Libc.close(fd);
            return -1;
        }

        // What ssh itself sets on its connection: it sees only a pipe here.
        _ = Libc.SetOption(fd, Libc.IPPROTO_TCP, Libc.TCP_NODELAY, 1);
        _ = Libc.SetOption(fd, Libc.SOL_SOCKET, Libc.SO_KEEPALIVE, 1);
        error = "";
        return fd;
    }

    /// <summary>Blocking writes: when one side does not read, the other waits, which is TCP's own back-pressure. ssh keeps reading while it writes, so this cannot lock up.</summary>
    private static void Relay(int socket)
    {
        byte[] buffer = new byte[BufferBytes];
        Libc.PollFd* fds = stackalloc Libc.PollFd[2];
        fds[0] = new Libc.PollFd { Fd = 0, Events = Libc.POLLIN };
        fds[1] = new Libc.PollFd { Fd = socket, Events = Libc.POLLIN };
        while (fds[1].Fd >= 0)
        {
            if (Libc.ppoll(fds, 2, null, null) < 0)
            {
                continue;
            }

            if (fds[0].Revents != 0 && !Pump(0, socket, buffer))
            {
                // The end of input is passed on; the answer may still be coming.
                fds[0].Fd = -1;
                _ = Libc.shutdown(socket, Libc.SHUT_WR);
            }

            if (fds[1].Revents != 0 && !Pump(socket, 1, buffer))
            {
                fds[1].Fd = -1;
            }
        }
    }

    private static bool Pump(int from, int to, byte[] buffer)
    {
        nint n;
        fixed (byte* start = buffer)
        {
            n = Libc.read(from, start, buffer.Length);
        }

        if (n < 0)
        {
            return Libc.Errno is Libc.EINTR or Libc.EAGAIN;
        }

        return n > 0 && Libc.WriteAll(to, buffer.AsSpan(0, (int)n));
    }
}
