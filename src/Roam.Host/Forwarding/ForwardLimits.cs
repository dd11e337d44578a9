namespace Roam.Host;

/// <summary>The named bounds of forwarding, and what happens at each.</summary>
internal static class ForwardLimits
{
    /// <summary>Forwards of one client, and listeners of one server; one more is refused.</summary>
    public const int ListenersMax = 64;

    /// <summary>Forwarded connections of one end, with those that are being made; at the limit nothing is accepted, and what the peer asks for is refused.</summary>
    public const int ConnectionsMax = 1000;

    /// <summary>Connections taken from one listener in one turn of the loop.</summary>
    public const int AcceptsPerTurnMax = 16;

    /// <summary>So long a listener rests when a limit is reached, or the system has no descriptor left.</summary>
    public const long RestMillis = 200;

    /// <summary>One address of a host has so long to answer, and all of them together; then the next is tried, or the connection has failed.</summary>
    public const long AddressMillis = 10_000;
    public const long ConnectMillis = 60_000;

    /// <summary>Addresses of one name that are tried.</summary>
    public const int AddressesMax = 16;

    /// <summary>A unix socket whose queue is full is asked again after so long.</summary>
    public const long BusyMillis = 50;

    /// <summary>Programs that look up names at once; more names wait. One that takes longer is ended.</summary>
    public const int LookupsMax = 8;
    public const long LookupMillis = 20_000;

    /// <summary>An answer is used again for so long; so many are kept.</summary>
    public const long AnswerMillis = 5_000;
    public const int AnswersMax = 64;

    /// <summary>What a program prints for one name; what is more is not read.</summary>
    public const int AnswerBytesMax = 8 * 1024;

    /// <summary>A SOCKS client says within so long and in so many bytes what it wants, or is cut off.</summary>
    public const long HandshakeMillis = 30_000;
    public const int HandshakeBytesMax = 1024;

    public const int Backlog = 128;
}
