namespace Roam.Host;

/// <summary>Leaves the calling terminal by starting this binary again in a session of its own (docs/adr/0009-spawn-and-detach.md).</summary>
public static class Detach
{
    /// <summary>argv[1] of the detached process. The entry point calls <see cref="RunChild"/> when it sees it, before anything else.</summary>
    public const string ChildVerb = "__serve";

    /// <summary>Starts the detached server and waits until it is ready to be spoken to. False: error says why. The endpoint stays the caller's to dispose.</summary>
    public static bool TryStart(ServerEndpoint endpoint, ServerHostOptions options, out int pid, out string error) =>
        TryStart(DetachedChild.OwnBinary, endpoint, options, out pid, out error);

    internal static bool TryStart(string binary, ServerEndpoint endpoint, ServerHostOptions options, out int pid, out string error)
    {
        byte[] block = new DetachedServer(endpoint.Key, endpoint.Socket.IsIPv6, options, endpoint.ViaText).Encode();
        DetachedRequest request = new()
        {
            Binary = binary,
            Arguments = [options.ProcessName, ChildVerb, .. options.DisplayArguments],
            Socket = endpoint.Socket.Fd,
            Extra = endpoint.BrokerFd,
            Block = block,
            KeepsStandardError = options.Verbosity > 0,
            BlockedSignals = ServerLoop.Signals,
        };
        bool isStarted = DetachedChild.TryStart(request, out pid, out error);
        Array.Clear(block);
        return isStarted;
    }

    /// <summary>The detached process: takes socket, key and options from its descriptors and serves. Returns the exit code.</summary>
    public static int RunChild()
    {
        byte[]? block = DetachedChild.ReadBlock(DetachedServer.BlockBytesMax);
        if (block == null || !DetachedServer.TryDecode(block, out DetachedServer? server) || !DetachedChild.IsSocket(DetachedChild.SocketFd, Libc.SOCK_DGRAM))
        {
            return DetachedChild.Refuse(ChildVerb);
        }

        Array.Clear(block);
        DetachedChild.SetProcessName(server.Options.ProcessName);
        bool isShared = server.Via.Length > 0;
        if (isShared && (!Place.TryParseId(server.Via, out _) || !DetachedChild.IsSocket(DetachedChild.ExtraFd, Libc.SOCK_SEQPACKET)))
        {
            return DetachedChild.Refuse(ChildVerb);
        }

        using ServerEndpoint endpoint = isShared
            ? ServerEndpoint.AdoptShare(DetachedChild.SocketFd, server.IsIPv6, server.Key, DetachedChild.ExtraFd, Convert.FromHexString(server.Via))
            : ServerEndpoint.Adopt(DetachedChild.SocketFd, server.IsIPv6, server.Key);
        return ServerHost.Run(endpoint, server.Options, DetachedChild.ReportReady);
    }
}
