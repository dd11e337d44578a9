namespace Roam.Host;

/// <summary>The ssh ProxyCommand of the wrapper: one TCP connection, standard input and output relayed to it.</summary>
public static class TcpProxy
{
    /// <summary>Connects to the first address that answers, prints "MOSH IP address" on standard error, relays until both sides have ended. Returns the exit code.</summary>
    public static int Run(string host, string port, FamilyPreference family)
    {
        return 1;
    }
}
