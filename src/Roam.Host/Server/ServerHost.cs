namespace Roam.Host;

/// <summary>The server's side of a session in this process.</summary>
public static class ServerHost
{
    private const int NoReadyFd = -1;

    /// <summary>Runs the session in this process until it ends. Returns the exit code.</summary>
    public static int Run(ServerEndpoint endpoint, ServerHostOptions options) => Run(endpoint, options, NoReadyFd);

    /// <summary>As above; a byte to the descriptor tells the starting process that signals and socket are in hand.</summary>
    internal static int Run(ServerEndpoint endpoint, ServerHostOptions options, int readyFd)
    {
        CoreDumps.Disable();
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        using SignalFd signals = SignalFd.Open(ServerLoop.Signals);
        using ZlibCompressor compressor = new();
        using ServerLoop loop = new(endpoint, options, signals, new SystemRandom(), compressor);
        if (readyFd != NoReadyFd)
        {
            _ = Libc.WriteAll(readyFd, [1]);
            _ = Libc.close(readyFd);
        }

        return loop.Run();
    }
}
