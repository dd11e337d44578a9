namespace Roam.Host;

/// <summary>The server's side of a session in this process.</summary>
public static class ServerHost
{
    /// <summary>Runs the session in this process until it ends. Returns the exit code.</summary>
    public static int Run(ServerEndpoint endpoint, ServerHostOptions options) => Run(endpoint, options, reportReady: null);

    /// <summary>As above; the starting process is told when signals and socket are in hand.</summary>
    internal static int Run(ServerEndpoint endpoint, ServerHostOptions options, Action? reportReady)
    {
        CoreDumps.Disable();
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        using SignalFd signals = SignalFd.Open(ServerLoop.Signals);
        using ZlibCompressor compressor = new();
        using ServerLoop loop = new(endpoint, options, signals, new SystemRandom(), compressor);
        reportReady?.Invoke();
        return loop.Run();
    }
}
