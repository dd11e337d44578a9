namespace Roam.Host;

/// <summary>The client's loop: terminal and socket, one thread, one poll.</summary>
public static class ClientHost
{
    /// <summary>Runs the session until it ends, restores the terminal, prints the closing messages. Returns the exit code.</summary>
    public static int Run(ClientHostOptions options)
    {
        return 1;
    }
}
