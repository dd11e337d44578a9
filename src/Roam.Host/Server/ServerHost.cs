namespace Roam.Host;

/// <summary>The server's loop: one session, one thread, one poll.</summary>
public static class ServerHost
{
    /// <summary>Runs the session in this process until it ends. Returns the exit code.</summary>
    public static int Run(ServerEndpoint endpoint, ServerHostOptions options)
    {
        return 1;
    }
}
