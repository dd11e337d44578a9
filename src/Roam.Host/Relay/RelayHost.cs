using System.Globalization;
using System.Text;
using Roam.Transport;

namespace Roam.Host;

/// <summary>`roam relay`: a detached process that hands datagrams on between one client and one server.</summary>
public static class RelayHost
{
    /// <summary>argv[1] of the detached process.</summary>
    public const string ChildVerb = "__relay";

    private const string ProcessName = "roam-relay";
    private const int BlockBytesMax = 4096;
    private const int WordCount = 5;

    /// <summary>Binds, starts the relay, waits until it is ready. The id is in hexadecimal. False: error says why.</summary>
    public static bool TryStart(RelayOptions options, out int port, out string id, out int pid, out string error) =>
        TryStart(DetachedChild.OwnBinary, options, out port, out id, out pid, out error);

    internal static bool TryStart(string binary, RelayOptions options, out int port, out string id, out int pid, out string error)
    {
        (port, id, pid) = (0, "", 0);
        using UdpSocket? target = TryConnect(options, out error);
        if (target is null)
        {
            return false;
        }

        using UdpSocket? outside = ServerEndpoint.TryBindSocket(null, options.PortLow, options.PortHigh, out error);
        if (outside is null)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Place.IdBytes];
        new SystemRandom().Fill(bytes);
        id = Place.TextOf(bytes);
        port = outside.LocalPort;
        string block = string.Create(CultureInfo.InvariantCulture, $"{id} {options.InnerIds} {options.IdleMillis} {options.AskMillis} {(outside.IsIPv6 ? 6 : 4)}");
        DetachedRequest request = new()
        {
            Binary = binary,
            Arguments = [ProcessName, ChildVerb, .. options.DisplayArguments],
            Socket = outside.Fd,
            Extra = target.Fd,
            Block = Encoding.ASCII.GetBytes(block),
            BlockedSignals = RelayLoop.Signals,
        };
        return DetachedChild.TryStart(request, out pid, out error);
    }

    /// <summary>The detached process. Returns the exit code.</summary>
    public static int RunChild()
    {
        byte[]? block = DetachedChild.ReadBlock(BlockBytesMax);
        string[] words = block is null ? [] : Encoding.ASCII.GetString(block).Split(' ');
        if (words.Length != WordCount
            || !Place.TryParseId(words[0], out byte[] id)
            || !DetachedChild.IsSocket(DetachedChild.SocketFd, Libc.SOCK_DGRAM)
            || !DetachedChild.IsSocket(DetachedChild.ExtraFd, Libc.SOCK_DGRAM))
        {
            return DetachedChild.Refuse(ChildVerb);
        }

        DetachedChild.SetProcessName(ProcessName);
        long[] numbers = [.. words[1..].Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        using UdpSocket outside = UdpSocket.Adopt(DetachedChild.SocketFd, isIPv6: numbers[3] == 6);
        outside.AnswerFromReachedAddress();
        PeerAddress address = SocketAddress.PeerOf(DetachedChild.ExtraFd);
        using UdpSocket target = UdpSocket.Adopt(DetachedChild.ExtraFd, address.Length == SocketAddress.BytesMax);
        using SignalFd signals = SignalFd.Open(RelayLoop.Signals);
        RelayCore core = new(id, (int)numbers[0], SystemClock.Now, numbers[1], numbers[2]);
        RelayLoop loop = new(outside, target, address, id.Length, core, signals);
        DetachedChild.ReportReady();
        loop.Run();
        return 0;
    }

    /// <summary>A socket that hears from the target alone, and of its end: the first of its addresses that there is a way to.</summary>
    private static UdpSocket? TryConnect(RelayOptions options, out string error)
    {
        if (!AddressLookup.TryResolve(options.TargetHost, options.TargetPort, Libc.AF_UNSPEC, numericOnly: false, out List<PeerAddress> addresses, out error))
        {
            error = options.TargetHost + ": " + error;
            return null;
        }

        int errno = 0;
        foreach (PeerAddress address in addresses)
        {
            UdpSocket? socket = UdpSocket.TryOpen(address.Length == SocketAddress.BytesMax);
            errno = socket is null ? Libc.Errno : socket.Connect(address);
            if (errno == 0)
            {
                return socket;
            }

            socket?.Dispose();
        }

        error = options.TargetHost + ": " + Libc.ErrorText(errno);
        return null;
    }
}
