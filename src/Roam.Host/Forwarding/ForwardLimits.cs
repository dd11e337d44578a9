namespace Roam.Host;

/// <summary>The named bounds of forwarding, for each end of a session, and what happens at each.</summary>
internal static class ForwardLimits
{
    /// <summary>Forwarded connections at once. At the limit a listener accepts no more, so they wait in the kernel's queue; one that the peer asks for is refused (TooMany).</summary>
    public const int ConnectionsMax = 960;

    /// <summary>Listeners at once; one more fails, or is refused (TooMany).</summary>
    public const int ListenersMax = 64;

    /// <summary>Connections that wait in the kernel for a listener (listen(2); the system's own limit is mostly higher).</summary>
    public const int Backlog = 128;

    /// <summary>Taken from one listener in one turn of the loop.</summary>
    public const int AcceptedPerTurnMax = 32;

    /// <summary>Without a free descriptor nothing is accepted for so long.</summary>
    public const int AcceptPauseMillis = 250;

    /// <summary>When no stream can be opened, it is tried again after so long.</summary>
    public const int OpenPauseMillis = 100;

    /// <summary>One address of a host has so long to answer before the next is tried.</summary>
    public const int ConnectMillisMax = 15_000;

    /// <summary>A local socket whose queue is full is asked again after so long, within the same limit.</summary>
    public const int ConnectPauseMillis = 50;

    /// <summary>Names asked for at once, each on a thread of its own; more wait.</summary>
    public const int LookupThreadsMax = 8;

    /// <summary>Names that wait; one more fails.</summary>
    public const int LookupsWaitingMax = ConnectionsMax;

    /// <summary>Between the first byte of a SOCKS client, and its whole request.</summary>
    public const int SocksMillisMax = 30_000;

    /// <summary>The longest request is SOCKS 4a's with a name and a host of 255 bytes each; what comes right behind it is read with it.</summary>
    public const int SocksBytesMax = 1024;
}
