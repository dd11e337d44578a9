using System.Globalization;

namespace Roam.Host;

/// <summary>The process of a shared port's broker: started by the first session that asks for the port, and by the first that notices its death.</summary>
public static class BrokerHost
{
    /// <summary>argv[1] of the process.</summary>
    public const string ChildVerb = "__broker";

    private const string ProcessName = "roam-broker";
    private const int BlockBytesMax = 64;

    // The block: the socket's family, and whether sessions of a broker that died are to be waited for.
    private const byte New = (byte)'n';
    private const byte Again = (byte)'a';

    /// <summary>Both descriptors stay the caller's. Nobody has to wait: who connects to the listener waits in its queue until the broker runs.</summary>
    internal static bool TryStart(string binary, int port, UdpSocket socket, int listener, bool isAgain, out int pid, out string error)
    {
        DetachedRequest request = new()
        {
            Binary = binary,
            Arguments = [ProcessName, ChildVerb, port.ToString(CultureInfo.InvariantCulture)],
            Socket = socket.Fd,
            Extra = listener,
            Block = [socket.IsIPv6 ? (byte)'6' : (byte)'4', isAgain ? Again : New],
            WaitsForReady = false,
            BlockedSignals = BrokerLoop.Signals,
        };
        return DetachedChild.TryStart(request, out pid, out error);
    }

    /// <summary>The process itself. Returns the exit code.</summary>
    public static int RunChild()
    {
        byte[]? block = DetachedChild.ReadBlock(BlockBytesMax);
        if (block is not [(byte)'4' or (byte)'6', New or Again]
            || !DetachedChild.IsSocket(DetachedChild.SocketFd, Libc.SOCK_DGRAM)
            || !DetachedChild.IsSocket(DetachedChild.ExtraFd, Libc.SOCK_SEQPACKET))
        {
            return DetachedChild.Refuse(ChildVerb);
        }

        DetachedChild.SetProcessName(ProcessName);
        CoreDumps.Disable();
        using UdpSocket socket = UdpSocket.Adopt(DetachedChild.SocketFd, isIPv6: block[0] == (byte)'6');
        socket.AnswerFromReachedAddress();
        using SignalFd signals = SignalFd.Open(BrokerLoop.Signals);
        using BrokerLoop loop = new(socket, DetachedChild.ExtraFd, signals, isAgain: block[1] == Again);
        DetachedChild.ReportReady();
        loop.Run();
        return 0;
    }
}
